/*
id: camera_on_in_meetings
title: Seen by colleagues in calls, for weeks
claim: authorship
basis: behaviour
says: In {calls} calls with colleagues on {days} days since {first_at} the person's camera was on for most of the call.
benign:
  - this is evidence for the worker; an operator who shows their own face under another's name would look the same
resolve: none needed
reads: [meeting]
needs: [meeting.camera_on_seconds, meeting.duration_seconds, meeting.meeting_id]
weights: {elsewhere: 0, overextended: -2, hijacked: 0, stand_in: -3}
why: >
  Who works under several names, or for two employers in the same hours, keeps the camera off, and whoever sits elsewhere cannot show one face for long before
  people who may meet it again. The catalogue gives avoiding cameras a likelihood ratio of 1.8 (1.2 to 3), so its opposite is worth as little, for operators do show
  themselves. A camera that is off says nothing against anybody: disability, bandwidth and care are reasons enough.
group: video
state: live
attack: []
refs:
  - FBI PSA 231018 (2023-10-18)
*/
WITH held AS (
  SELECT company, meeting_id, count(DISTINCT lower(actor_email)) AS people FROM meeting GROUP BY company, meeting_id),
seen AS (
  SELECT m.company, m.subject_id, m.occurred_at, m.meeting_id, m.event_ref
  FROM meeting AS m JOIN held AS h ON h.company = m.company AND h.meeting_id = m.meeting_id
  WHERE h.people >= 2 AND m.duration_seconds >= 300 AND m.camera_on_seconds >= 0.5 * m.duration_seconds
    AND NOT matches(lower(coalesce(m.camera_device, '')), 'virtual|obs|manycam|xsplit|snap camera|droidcam|splitcam|deepfake'))
SELECT company, subject_id, min(occurred_at) AS first_at, max(occurred_at) AS last_at, least(1.0, count(DISTINCT CAST(occurred_at AS DATE)) / 10e0) AS strength,
       CAST(NULL AS VARCHAR) AS value, count(DISTINCT meeting_id) AS calls, count(DISTINCT CAST(occurred_at AS DATE)) AS days, min(event_ref) AS ref, max(event_ref) AS ref_2
FROM seen GROUP BY company, subject_id
HAVING count(DISTINCT CAST(occurred_at AS DATE)) >= 5 AND days_between(min(occurred_at), max(occurred_at)) >= 21
