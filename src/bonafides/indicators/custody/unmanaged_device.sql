/*
id: unmanaged_device
title: Regular sign-ins on a computer that the company does not know
claim: custody
basis: behaviour
says: "On {days} of {all_days} days the account signed in on a computer that is in no inventory, though the person holds one of the company's."
benign:
  - a private telephone or computer that the company allows
  - a computer that the inventory lacks
  - a contractor's own equipment
resolve: ask which computer it is, and enrol it or stop it
reads: [sign_in, device]
needs: [sign_in.device_id, device.device_id]
weights: {elsewhere: 1, overextended: 2, hijacked: 3, stand_in: 2}
why: >
  Whoever works through somebody else's hands needs a way in of their own; the catalogue gives it a likelihood ratio of 2.5 (1.4 to 5), since private
  equipment is common. Only a fifth of the days and more counts, and only where fewer than a tenth of the company's holders of computers do so.
group: device-mode
state: live
catalogue: [work-unmanaged-device]
attack: [T1078]
refs:
  - LevelBlue on an IT worker found within ten days (2025)
*/
WITH own AS (
  SELECT company, lower(trim(device_id)) AS name FROM device
  UNION SELECT company, lower(trim(serial)) FROM device
  UNION SELECT company, lower(trim(directory_id)) FROM device
  UNION SELECT company, lower(trim(hostname)) FROM device),
holder AS (SELECT DISTINCT company, subject_id FROM device),
used AS (
  SELECT s.company, s.subject_id, CAST(s.occurred_at AS DATE) AS day, s.occurred_at, s.event_ref, o.name IS NULL AS is_unknown
  FROM sign_in AS s
  JOIN holder AS h ON h.company = s.company AND h.subject_id = s.subject_id
  LEFT JOIN own AS o ON o.company = s.company AND o.name = lower(trim(s.device_id))
  WHERE s.device_id IS NOT NULL AND coalesce(s.outcome, 'success') = 'success'),
person AS (
  SELECT company, subject_id, count(DISTINCT day) AS all_days, count(DISTINCT CASE WHEN is_unknown THEN day END) AS days,
         min(CASE WHEN is_unknown THEN occurred_at END) AS first_at, max(CASE WHEN is_unknown THEN occurred_at END) AS last_at, min(CASE WHEN is_unknown THEN event_ref END) AS ref
  FROM used GROUP BY company, subject_id),
usual AS (SELECT company, count(*) AS people, count_if(days * 5 >= all_days) AS alike FROM person GROUP BY company)
SELECT p.company, p.subject_id, p.first_at, p.last_at, least(1.0, p.days / 20e0) AS strength, CAST(NULL AS VARCHAR) AS value, p.days, p.all_days, p.ref
FROM person AS p JOIN usual AS u ON u.company = p.company
WHERE p.days >= 5 AND p.days * 5 >= p.all_days AND (u.alike - 1) * 10 < u.people
