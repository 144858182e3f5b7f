/*
id: device_stays_at_claimed_place
title: The company's computer itself is at the claimed home
claim: custody
basis: physical
says: "The company's computer reported from a line of its own within {km} km of the claimed home on {days} days in {weeks} weeks, which is {percent} per cent of its days on lines that stay in one place."
benign:
  - this is evidence for the worker; a facilitator who lives near the claimed home, or whose address the worker claims, would look the same
resolve: none needed
reads: [sighting, value_fact, subject, sign_in, device]
needs: [process.ip | connection.ip | peripheral.ip | sign_in.device_id, value_fact.latitude, subject.latitude]
weights: {elsewhere: -8, overextended: 0, hijacked: 0, stand_in: -5}
why: >
  A farm is seldom in the town of the stolen identity's owner, and shares its line as soon as two of its laptops are in the data; nomads take the
  computer along or leave it in somebody else's care. Who claims the facilitator's own address defeats it, so it says less of stand-ins than it seems to. What is also
  over 300 km away on more than one of ten days does not stay, wherever else it is that day. The computer's own reports are taken, from the endpoint's agent or from sign-ins on a managed device, since an account's address says little of where the computer is.
group: home
state: live
attack: []
refs:
  - geolocation error of fixed lines, arXiv 2605.21937 (2026)
*/
WITH own_device AS (
  SELECT company, subject_id, lower(trim(device_id)) AS name FROM device
  UNION SELECT company, subject_id, lower(trim(serial)) FROM device
  UNION SELECT company, subject_id, lower(trim(directory_id)) FROM device
  UNION SELECT company, subject_id, lower(trim(hostname)) FROM device),
seen AS (
  SELECT g.company, g.subject_id, g.day, g.value, g.first_at, g.last_at, g.first_ref, km(f.latitude, f.longitude, s.latitude, s.longitude) AS away,
         km(f.latitude, f.longitude, s.latitude, s.longitude) <= 60 AND f.holders = 1 AS is_home
  FROM sighting AS g
  JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
  JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
  LEFT JOIN sign_in AS i ON g.via = 'sign_in:ip' AND i.company = g.company AND i.event_ref = g.last_ref
  LEFT JOIN own_device AS d ON d.company = i.company AND d.subject_id = i.subject_id AND d.name = lower(trim(i.device_id))
  WHERE (g.via IN ('process:ip', 'connection:ip', 'peripheral:ip') OR d.name IS NOT NULL)
    AND f.infrastructure_of IS NULL AND coalesce(f.network, 'residential') = 'residential' AND f.latitude IS NOT NULL),
person AS (
  SELECT company, subject_id, count(DISTINCT day) AS all_days, count(DISTINCT CASE WHEN is_home THEN day END) AS home_days, count(DISTINCT CASE WHEN away > 300 THEN day END) AS far_days,
         count(DISTINCT CASE WHEN is_home THEN date_trunc('week', day) END) AS weeks, min(CASE WHEN is_home THEN first_at END) AS first_at,
         max(CASE WHEN is_home THEN last_at END) AS last_at, round(max(CASE WHEN is_home THEN away END)) AS km,
         max_by(value, CASE WHEN is_home THEN in_order(day, value) END) AS value, min(CASE WHEN is_home THEN first_ref END) AS ref
  FROM seen GROUP BY company, subject_id)
SELECT company, subject_id, first_at, last_at, least(1.0, home_days / 30e0) AS strength, value, home_days AS days, weeks, km,
       round(100e0 * home_days / all_days) AS percent, ref
FROM person WHERE home_days >= 15 AND weeks >= 4 AND home_days * 10 >= all_days * 9 AND far_days * 10 <= all_days
