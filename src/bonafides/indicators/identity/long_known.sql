/*
id: long_known
title: Three years with the company
claim: identity
basis: history
says: The engagement began on {first_at}, {years} years before the last record, and the account is in steady use ({days} days).
benign:
  - this is evidence for the worker; a few farms went on for three years
resolve: none needed
reads: [subject, sighting]
needs: [worker.started_on | worker.hired_on, sign_in.ip | activity.ip | meeting.ip]
weights: {elsewhere: 0, overextended: 0, hijacked: 0, stand_in: -3}
why: >
  Tenure at discovery runs from ten days to three years with a median of about half a year, so few stand-ins last three years where a third of genuine staff do; but what
  is not discovered is not counted, and a long-run farm is the costliest one to miss. Modest for that.
group: history
state: live
attack: []
refs:
  - tenures at discovery in public reports (2024 to 2026)
*/
WITH active AS (
  SELECT company, subject_id, count(DISTINCT day) AS active_days, max(day) AS last_on FROM sighting WHERE via IN ('sign_in:ip', 'activity:ip', 'meeting:ip') GROUP BY company, subject_id)
SELECT s.company, s.subject_id, CAST(s.started_on AS TIMESTAMP) AS first_at, CAST(a.last_on AS TIMESTAMP) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value,
       rounded(days_between(s.started_on, a.last_on) / 365.25e0, 1) AS years, a.active_days AS days
FROM subject AS s JOIN active AS a ON a.company = s.company AND a.subject_id = s.subject_id
WHERE days_between(s.started_on, a.last_on) >= 1095 AND a.active_days >= 30
