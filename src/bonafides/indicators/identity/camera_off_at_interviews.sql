/*
id: camera_off_at_interviews
title: The camera stayed off at interviews
claim: identity
basis: behaviour
says: "At {n} video interviews the candidate's camera was on for {share} per cent of the time, where {custom} per cent of the company's others had it on."
benign:
  - a weak connection, a broken camera
  - a disability, a faith or a home that is not to be shown
  - an interviewer who had the own camera off
resolve: offer another call, or a meeting in person, with whatever help is needed
reads: [interview]
needs: [interview.camera_on_seconds, interview.duration_seconds]
weights: {elsewhere: 0, overextended: 1, hijacked: 0, stand_in: 3}
why: >
  Whoever speaks for somebody else would rather not be seen, and cases tell of cameras that fail again and again; so do honest ones. The catalogue gives it 2 (1.2 to 4): two
  calls and more, nearly wholly off, where nine in ten of twenty others were on.
group: video
state: live
catalogue: [interview-camera-avoidance]
attack: []
refs: []
*/
WITH seen AS (
  SELECT company, subject_id, count(*) AS n, sum(camera_on_seconds) / sum(duration_seconds) AS share, min(occurred_at) AS first_at, max(occurred_at) AS last_at, min(event_ref) AS ref
  FROM interview WHERE coalesce(channel, 'video') = 'video' AND duration_seconds >= 300 AND camera_on_seconds IS NOT NULL GROUP BY company, subject_id),
custom AS (SELECT company, count_if(share >= 0.5) * 100e0 / count(*) AS usual FROM seen GROUP BY company HAVING count(*) >= 20 AND count_if(share >= 0.5) * 10 >= count(*) * 9)
SELECT s.company, s.subject_id, s.first_at, s.last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value, s.n, round(100 * s.share) AS share, round(c.usual) AS custom, s.ref
FROM seen AS s JOIN custom AS c ON c.company = s.company
WHERE s.n >= 2 AND s.share < 0.1
