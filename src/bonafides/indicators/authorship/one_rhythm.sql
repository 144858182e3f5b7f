/*
id: one_rhythm
title: One person's working hours, the same for weeks
claim: authorship
basis: behaviour
says: "On {days} days between {first_at} and {last_at} {inside_percent} per cent of the active hours lay in one window of eleven hours."
benign:
  - this is evidence for the worker; one operator who keeps to the office's hours would look the same
resolve: none needed
reads: [sighting]
needs: [sign_in.ip | activity.ip | meeting.ip]
weights: {elsewhere: 0, overextended: 0, hijacked: -1, stand_in: -2}
why: >
  One person who sleeps and works has one shift; several who take turns, an operator with several names, and an intruder leave hours outside it. Operators do keep to
  the employers' hours, so it is worth little (author's judgement, 2 decibels), and of a second job in the same hours it says nothing. Sixty active
  hours on twenty days over four weeks leave out people of whom the records hold too little. Which hours they are does not matter.
group: activity
state: live
attack: []
refs: []
*/
WITH active AS (
  SELECT company, subject_id, day, bit_or(hours) AS hours, min(first_at) AS first_at, max(last_at) AS last_at, min(first_ref) AS ref
  FROM sighting WHERE via IN ('sign_in:ip', 'activity:ip', 'meeting:ip') GROUP BY company, subject_id, day),
enough AS (
  SELECT company, subject_id, count(*) AS active_days, sum(bits(hours)) AS active_hours, min(first_at) AS first_at, max(last_at) AS last_at, min(ref) AS ref, max(ref) AS ref_2
  FROM active GROUP BY company, subject_id HAVING count(*) >= 20 AND days_between(min(day), max(day)) >= 28 AND sum(bits(hours)) >= 60),
shift AS (
  SELECT a.company, a.subject_id, s.start, sum(bits(a.hours & turned(CAST(2047 AS BIGINT), s.start))) AS inside
  FROM active AS a JOIN enough AS e ON e.company = a.company AND e.subject_id = a.subject_id
  CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15), (16), (17), (18), (19), (20), (21), (22), (23)) AS s (start)
  GROUP BY a.company, a.subject_id, s.start)
SELECT e.company, e.subject_id, min(e.first_at) AS first_at, max(e.last_at) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value, max(e.active_days) AS days,
       CAST(floor(100e0 * max(s.inside) / max(e.active_hours)) AS BIGINT) AS inside_percent, min(e.ref) AS ref, min(e.ref_2) AS ref_2
FROM enough AS e JOIN shift AS s ON s.company = e.company AND s.subject_id = e.subject_id
GROUP BY e.company, e.subject_id HAVING max(s.inside) >= 0.95 * max(e.active_hours)
