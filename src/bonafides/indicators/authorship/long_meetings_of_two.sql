/*
id: long_meetings_of_two
title: Meetings of one or two that last all day, again and again
claim: authorship
basis: behaviour
says: "On {days} days since {first_at} the person was in a meeting of at most two accounts for {hours} hours and more."
benign:
  - two who write code together all day
  - a room that is left open for company
  - a helper for a disability, or a help desk
resolve: ask what the meeting is for, and whether control of the screen was granted
reads: [meeting]
needs: [meeting.duration_seconds, meeting.meeting_id]
weights: {elsewhere: 1, overextended: 3, hijacked: 1, stand_in: 2}
why: >
  A meeting client hands on screen and keyboard without any tool that a company would notice; one vendor found it on a farm's computer, and the
  catalogue gives it a likelihood ratio of 3 (1.2 to 8). Four hours on five days and more are asked for, and that fewer than a twentieth of the
  company's people do so.
group: remote-access
state: live
catalogue: [work-covert-meeting-channel]
attack: [T1219]
refs:
  - Sygnia on a computer from a farm (2025)
*/
WITH room AS (SELECT company, meeting_id, count(DISTINCT lower(actor_email)) AS accounts FROM meeting GROUP BY company, meeting_id),
long AS (
  SELECT m.company, m.subject_id, count(DISTINCT CAST(m.occurred_at AS DATE)) AS days, min(m.duration_seconds) / 3600 AS hours, min(m.occurred_at) AS first_at, max(m.occurred_at) AS last_at, min(m.event_ref) AS ref
  FROM meeting AS m JOIN room AS r ON r.company = m.company AND r.meeting_id = m.meeting_id
  WHERE r.accounts <= 2 AND m.duration_seconds >= 14400 GROUP BY m.company, m.subject_id HAVING count(DISTINCT CAST(m.occurred_at AS DATE)) >= 5),
people AS (SELECT company, count(DISTINCT subject_id) AS people FROM meeting GROUP BY company),
alike AS (SELECT company, count(*) AS people FROM long GROUP BY company)
SELECT l.company, l.subject_id, l.first_at, l.last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value, l.days, CAST(floor(l.hours) AS BIGINT) AS hours, l.ref
FROM long AS l JOIN people AS p ON p.company = l.company JOIN alike AS a ON a.company = l.company
WHERE a.people * 20 < p.people + 20
