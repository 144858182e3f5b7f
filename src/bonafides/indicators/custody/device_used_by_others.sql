/*
id: device_used_by_others
title: One computer, several workers' accounts
claim: custody
basis: physical
says: "{others} other workers' accounts were used on one device along with this person's account, in turns, on {days} days in the same weeks."
benign:
  - colleagues of whom one let the other sign in on the computer
  - a couple at one company of whom one has not told HR the new address
  - a pool, kiosk or test computer
  - somebody of the help desk at a colleague's computer
resolve: ask whose device it is and for what the others used it
reads: [sign_in, device, subject]
needs: [sign_in.device_id]
weights: {elsewhere: 0, overextended: 5, hijacked: 4, stand_in: 11}
why: >
  One operator works as several people and one subcontractor for several; sooner or later two accounts meet on one machine. The catalogue gives it a likelihood ratio
  of 20 (6 to 70). A computer that changed hands shows one account after the other, so both must be used on three days or more between the other's. One claimed
  home, one agency and one person explain it; more than six users are a pool, and who is met on more than three such devices supports colleagues. A
  name that is no machine's own (`iphone`) ties nobody: the id must be long and hold a digit, or be a managed computer's.
group: device-mode
state: live
catalogue: [work-activity-in-other-workers-device]
attack: [T1078]
refs:
  - Okta's published detection of devices registered to several users (2025-01-15)
*/
WITH managed AS (
  SELECT company, lower(trim(device_id)) AS name FROM device UNION SELECT company, lower(trim(serial)) FROM device
  UNION SELECT company, lower(trim(directory_id)) FROM device
  UNION SELECT company, lower(trim(hostname)) FROM device),
used AS (
  SELECT s.company, lower(trim(s.device_id)) AS name, s.subject_id, CAST(s.occurred_at AS DATE) AS day, min(s.occurred_at) AS first_at, max(s.occurred_at) AS last_at,
         min(s.event_ref) AS ref
  FROM sign_in AS s LEFT JOIN managed AS m ON m.company = s.company AND m.name = lower(trim(s.device_id))
  WHERE coalesce(s.outcome, 'success') <> 'failure'
    AND (m.name IS NOT NULL OR matches(lower(trim(s.device_id)), '^[a-z0-9_-]*[0-9][a-z0-9_-]*$') AND length(trim(s.device_id)) >= 16)
  GROUP BY s.company, lower(trim(s.device_id)), s.subject_id, CAST(s.occurred_at AS DATE)),
span AS (
  SELECT company, name, subject_id, min(day) AS first_on, max(day) AS last_on, count(*) OVER (PARTITION BY company, name) AS users
  FROM used GROUP BY company, name, subject_id),
turn AS (
  SELECT a.company, a.name, a.subject_id, b.subject_id AS other, count(*) AS active_days, min(u.first_at) AS first_at, max(u.last_at) AS last_at, min(u.ref) AS ref
  FROM span AS a
  JOIN span AS b ON b.company = a.company AND b.name = a.name AND b.subject_id <> a.subject_id
  JOIN used AS u ON u.company = a.company AND u.name = a.name AND u.subject_id = a.subject_id AND u.day BETWEEN greatest(a.first_on, b.first_on) AND least(a.last_on, b.last_on)
  WHERE a.users <= 6
  GROUP BY a.company, a.name, a.subject_id, b.subject_id HAVING count(*) >= 3),
shared AS (
  SELECT x.company, x.name, x.subject_id, x.other, x.active_days, x.first_at, x.last_at, x.ref
  FROM turn AS x
  JOIN turn AS y ON y.company = x.company AND y.name = x.name AND y.subject_id = x.other AND y.other = x.subject_id
  JOIN subject AS a ON a.company = x.company AND a.subject_id = x.subject_id
  JOIN subject AS b ON b.company = x.company AND b.subject_id = x.other
  WHERE NOT coalesce(a.person = b.person, false) AND NOT coalesce(a.address = b.address, false) AND NOT coalesce(a.agency = b.agency, false)),
helper AS (SELECT company, subject_id FROM shared GROUP BY company, subject_id HAVING count(DISTINCT name) > 3)
SELECT s.company, s.subject_id, min(s.first_at) AS first_at, max(s.last_at) AS last_at, CASE WHEN max(s.active_days) >= 10 THEN 1.0 ELSE 0.6 END AS strength,
       max(s.name) AS value, count(DISTINCT s.other) AS others, max(s.active_days) AS days, min(s.ref) AS ref
FROM shared AS s
LEFT JOIN helper AS h ON h.company = s.company AND h.subject_id = s.subject_id
LEFT JOIN helper AS o ON o.company = s.company AND o.subject_id = s.other
WHERE h.subject_id IS NULL AND o.subject_id IS NULL
GROUP BY s.company, s.subject_id
