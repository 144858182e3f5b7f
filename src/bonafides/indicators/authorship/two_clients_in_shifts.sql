/*
id: two_clients_in_shifts
title: Two clients that take turns at fixed hours
claim: authorship
basis: behaviour
says: "Two different clients used the account on {days} same days, one only in {hours} hours of the day, the other only in {other_hours} others."
benign:
  - a computer for the day and a telephone for the evening
  - a person who works in two places each day
  - a program that runs at night under the account
resolve: ask which computers are used when, and look at one of the evening's sessions together
reads: [sighting]
needs: [sign_in.user_agent | activity.user_agent]
weights: {elsewhere: 0, overextended: 3, hijacked: 2, stand_in: 1}
why: >
  Several operators who share one name take turns, each with a client of their own; the catalogue gives such patterns a likelihood ratio of 1.8 (1.1 to
  4), from logs alone even less. Only clients that both are used on ten same days and more count, each in four hours or more, with one hour in common at
  most.
group: activity
state: live
catalogue: [work-multi-operator-shift]
attack: [T1078]
refs:
  - "inference from reported teams of operators: no public source measures it"
*/
WITH used AS (
  SELECT company, subject_id, day, value, bit_or(hours) AS hours, min(first_at) AS first_at, max(last_at) AS last_at, min(first_ref) AS ref
  FROM sighting WHERE via IN ('sign_in:user_agent', 'activity:user_agent') GROUP BY company, subject_id, day, value),
client AS (SELECT company, subject_id, value, bit_or(hours) AS hours FROM used GROUP BY company, subject_id, value),
pair AS (
  SELECT x.company, x.subject_id, x.value, y.value AS other, x.hours, y.hours AS other_hours
  FROM client AS x JOIN client AS y ON y.company = x.company AND y.subject_id = x.subject_id AND y.value > x.value
  WHERE bits(x.hours & y.hours) <= 1 AND bits(x.hours) >= 4 AND bits(y.hours) >= 4),
together AS (
  SELECT p.company, p.subject_id, p.value, bits(p.hours) AS hours, bits(p.other_hours) AS other_hours, count(*) AS days, min(a.first_at) AS first_at, max(b.last_at) AS last_at, min(a.ref) AS ref, min(b.ref) AS ref_2
  FROM pair AS p
  JOIN used AS a ON a.company = p.company AND a.subject_id = p.subject_id AND a.value = p.value
  JOIN used AS b ON b.company = p.company AND b.subject_id = p.subject_id AND b.value = p.other AND b.day = a.day
  GROUP BY p.company, p.subject_id, p.value, p.other, p.hours, p.other_hours)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, least(1.0, max(days) / 20.0) AS strength, max_by(value, in_order(days, value)) AS value,
       max(days) AS days, max_by(hours, in_order(days, value)) AS hours, max_by(other_hours, in_order(days, value)) AS other_hours, min(ref) AS ref, min(ref_2) AS ref_2
FROM together WHERE days >= 10 GROUP BY company, subject_id
