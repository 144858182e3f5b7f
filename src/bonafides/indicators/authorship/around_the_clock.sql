/*
id: around_the_clock
title: Work in nearly all hours of single days, for weeks
claim: authorship
basis: behaviour
says: On {long_days} days between {first_at} and {last_at} the account was used in 20 or more of the day's 24 hours.
benign:
  - a program that works under the person's account
  - an application that keeps signing in by itself on a computer left on
  - nights on call, or days split by the care of somebody
resolve: ask what runs under the account, and who else uses it
reads: [sighting]
needs: [sign_in.ip | activity.ip | meeting.ip]
weights: {elsewhere: 0, overextended: 2, hijacked: 1, stand_in: 3}
why: >
  One person sleeps; several who take turns under one name, or in two places, need not. The catalogue gives it a likelihood ratio of 2.5 (1.3 to 5). Only
  single days count: any week is full when put together. 20 hours leave less sleep than anybody has on five days and more over two weeks. Where more than a
  twentieth of a company's people look like that, it is the company's software.
group: activity
state: live
catalogue: [work-always-on]
attack: [T1078]
refs:
  - joint advisory on IT workers of State, Treasury and FBI (2022-05-16), accounts logged in for a day and longer
*/
WITH active AS (
  SELECT company, subject_id, day, bits(bit_or(hours)) AS hours, min(first_at) AS first_at, max(last_at) AS last_at, min(first_ref) AS ref
  FROM sighting WHERE via IN ('sign_in:ip', 'activity:ip', 'meeting:ip') GROUP BY company, subject_id, day),
long_day AS (
  SELECT company, subject_id, count(*) AS long_days, min(first_at) AS first_at, max(last_at) AS last_at, min(ref) AS ref, max(ref) AS ref_2
  FROM active WHERE hours >= 20 GROUP BY company, subject_id HAVING count(*) >= 5),
people AS (SELECT company, count(DISTINCT subject_id) AS people FROM active GROUP BY company),
alike AS (SELECT company, count(*) AS people FROM long_day GROUP BY company)
SELECT l.company, l.subject_id, l.first_at, l.last_at, least(1.0, l.long_days / 15e0) AS strength, CAST(NULL AS VARCHAR) AS value, l.long_days, l.ref, l.ref_2
FROM long_day AS l JOIN people AS p ON p.company = l.company JOIN alike AS a ON a.company = l.company
WHERE days_between(l.first_at, l.last_at) >= 14 AND a.people <= greatest(1, 0.05 * p.people)
