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
  SELECT a.company, a.subject_id, a.value, b.value AS other, count(*) AS days, min(a.first_at) AS first_at, max(b.last_at) AS last_at, min(a.ref) AS ref, min(b.ref) AS ref_2
  FROM used AS a JOIN used AS b ON b.company = a.company AND b.subject_id = a.subject_id AND b.day = a.day AND b.value > a.value
  GROUP BY a.company, a.subject_id, a.value, b.value),
together AS (
  SELECT p.company, p.subject_id, p.value, p.days, p.first_at, p.last_at, p.ref, p.ref_2, bits(x.hours) AS hours, bits(y.hours) AS other_hours
  FROM pair AS p
  JOIN client AS x ON x.company = p.company AND x.subject_id = p.subject_id AND x.value = p.value
  JOIN client AS y ON y.company = p.company AND y.subject_id = p.subject_id AND y.value = p.other
  WHERE bits(x.hours & y.hours) <= 1 AND bits(x.hours) >= 4 AND bits(y.hours) >= 4)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, least(1.0, max(days) / 20e0) AS strength, max_by(value, in_order(days, value)) AS value,
       max(days) AS days, max_by(hours, in_order(days, value)) AS hours, max_by(other_hours, in_order(days, value)) AS other_hours, min(ref) AS ref, min(ref_2) AS ref_2
FROM together WHERE days >= 10 GROUP BY company, subject_id
