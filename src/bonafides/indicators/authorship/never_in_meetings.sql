/*
id: never_in_meetings
title: Never in a meeting where the team meets daily
claim: authorship
basis: behaviour
says: "In {days} days at work the person was in no meeting; of {people} people of the department half spend {usual} minutes a day in meetings or more."
benign:
  - a disability, anxiety, or an agreement to work in writing
  - caring duties, or another time zone
  - meetings by telephone or on another service, which the log lacks
resolve: ask how the person and the team talk, and offer what they need for it
reads: [sighting, meeting, subject]
needs: [meeting.duration_seconds, sign_in.ip | activity.ip]
weights: {elsewhere: 0, overextended: 2, hijacked: 0, stand_in: 1}
why: >
  Who is not the person they claim to be has reason to avoid every live word; so have many others, and the catalogue gives it a likelihood ratio of 1.8
  (1.2 to 3). Forty days without any meeting are asked for, in a department of five and more whose usual is ten minutes a day. Any need for another way
  of working ends it.
group: video
state: live
catalogue: [work-communication-avoidance]
attack: []
refs:
  - FBI PSA 231018 (2023-10-18)
*/
WITH seen AS (
  SELECT g.company, g.subject_id, count(DISTINCT g.day) AS days, min(g.first_at) AS first_at, max(g.last_at) AS last_at, min(g.first_ref) AS ref
  FROM sighting AS g WHERE g.via IN ('sign_in:ip', 'activity:ip') GROUP BY g.company, g.subject_id),
met AS (SELECT company, subject_id, sum(duration_seconds) / 60e0 AS minutes FROM meeting GROUP BY company, subject_id),
person AS (
  SELECT w.company, w.subject_id, w.days, w.first_at, w.last_at, w.ref, coalesce(s.department, '') AS department, coalesce(m.minutes, 0) / w.days AS a_day
  FROM seen AS w JOIN subject AS s ON s.company = w.company AND s.subject_id = w.subject_id
  LEFT JOIN met AS m ON m.company = w.company AND m.subject_id = w.subject_id),
team AS (SELECT company, department, count(*) AS people, median(a_day) AS usual FROM person GROUP BY company, department)
SELECT p.company, p.subject_id, p.first_at, p.last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value, p.days, t.people, round(t.usual) AS usual, p.ref
FROM person AS p JOIN team AS t ON t.company = p.company AND t.department = p.department
WHERE p.days >= 40 AND p.a_day = 0 AND t.people >= 5 AND t.usual >= 10
