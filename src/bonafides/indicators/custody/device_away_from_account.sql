/*
id: device_away_from_account
title: The account is used far from where its computer is
claim: custody
basis: physical
says: "On {days} working days in {weeks} weeks the company's computer was at one place while the account was used {km} km or more from every place that the computer has been to."
benign:
  - a second home or a long stay where private devices are used, with the company's computer left running at home
  - a provider whose address databases put in a wrong place
  - a computer kept at home and reached from a journey by remote desktop
resolve: ask to show the computer, its serial number and its own position in a live call
reads: [sighting, value_fact, sign_in, device]
needs: [process.ip | connection.ip | peripheral.ip | sign_in.device_id, sign_in.ip | activity.ip | meeting.ip, value_fact.latitude]
weights: {elsewhere: 8, overextended: 3, hijacked: 5, stand_in: 10}
why: >
  The computer stays on a shelf at the facilitator's while the one who works uses the account from where he is; vendors name the mismatch as the half of the
  scheme that can be seen, and the catalogue gives it a likelihood ratio of 12 (4 to 40). Nomads who leave the computer behind and intruders bring about the same. Only
  lines of homes count (mobile, rented and companies' exits are placed anywhere; a line whose kind is not known must be steady for three days), 500 km lie beyond nearly all errors of both places, and only places to which the
  computer never went, so commuters and travellers who take it along stay quiet. Holidays last less than three weeks, weekends are left out, and
  a quarter of the computer's working days in between must be such days, which a weekly Friday is not. Sign-ins that failed to the last of the day are anybody's.
group: geo
state: live
catalogue: [work-device-vs-account-geo]
attack: [T1078, T1219]
refs:
  - Recorded Future on PurpleDelta (2026-08-18)
  - geolocation error of fixed lines, arXiv 2605.21937 (2026)
*/
WITH own_device AS (
  SELECT company, subject_id, lower(trim(device_id)) AS name FROM device
  UNION SELECT company, subject_id, lower(trim(serial)) FROM device
  UNION SELECT company, subject_id, lower(trim(directory_id)) FROM device
  UNION SELECT company, subject_id, lower(trim(hostname)) FROM device),
steady AS (
  SELECT company, subject_id, value FROM sighting GROUP BY company, subject_id, value HAVING count(DISTINCT day) >= 3),
seen AS (
  SELECT g.company, g.subject_id, g.day, g.value, g.first_at, g.last_at, g.first_ref, f.latitude, f.longitude,
         g.via IN ('process:ip', 'connection:ip', 'peripheral:ip') OR d.name IS NOT NULL AS is_device
  FROM sighting AS g
  JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value AND f.latitude IS NOT NULL
  LEFT JOIN steady AS t ON t.company = g.company AND t.subject_id = g.subject_id AND t.value = g.value
  LEFT JOIN sign_in AS s ON g.via = 'sign_in:ip' AND s.company = g.company AND s.event_ref = g.last_ref
  LEFT JOIN own_device AS d ON d.company = s.company AND d.subject_id = s.subject_id AND d.name = lower(trim(s.device_id))
  WHERE g.via IN ('process:ip', 'connection:ip', 'peripheral:ip', 'sign_in:ip', 'activity:ip', 'meeting:ip')
    AND coalesce(s.outcome, 'success') <> 'failure'
    AND f.infrastructure_of IS NULL AND (f.network = 'residential' OR (f.network IS NULL AND f.holders <= 10 AND t.value IS NOT NULL))),
device_place AS (
  SELECT DISTINCT company, subject_id, rounded(latitude, 1) AS latitude, rounded(longitude, 1) AS longitude FROM seen WHERE is_device),
device_day AS (
  SELECT DISTINCT company, subject_id, day FROM seen WHERE is_device AND days_between(DATE '2024-01-01', day) % 7 < 5),
account_line AS (
  SELECT a.company, a.subject_id, a.value, min(km(a.latitude, a.longitude, p.latitude, p.longitude)) AS away
  FROM (SELECT DISTINCT company, subject_id, value, latitude, longitude FROM seen) AS a
  JOIN device_place AS p ON p.company = a.company AND p.subject_id = a.subject_id
  GROUP BY a.company, a.subject_id, a.value
  HAVING min(km(a.latitude, a.longitude, p.latitude, p.longitude)) > 500),
far AS (
  SELECT a.company, a.subject_id, min(a.day) AS first_on, max(a.day) AS last_on, min(a.first_at) AS first_at, max(a.last_at) AS last_at,
         count(DISTINCT a.day) AS active_days, count(DISTINCT date_trunc('week', a.day)) AS weeks, min(l.away) AS away, max_by(a.value, in_order(a.day, a.value)) AS value,
         min(a.first_ref) AS ref, max(a.first_ref) AS ref_2
  FROM seen AS a
  JOIN account_line AS l ON l.company = a.company AND l.subject_id = a.subject_id AND l.value = a.value
  JOIN device_day AS d ON d.company = a.company AND d.subject_id = a.subject_id AND d.day = a.day
  GROUP BY a.company, a.subject_id)
SELECT f.company, f.subject_id, f.first_at, f.last_at, CASE WHEN f.active_days >= 10 THEN 1.0 ELSE 0.6 END AS strength, f.value, f.active_days AS days, f.weeks,
       round(f.away) AS km, f.ref, f.ref_2
FROM far AS f JOIN device_day AS d ON d.company = f.company AND d.subject_id = f.subject_id AND d.day BETWEEN f.first_on AND f.last_on
WHERE f.active_days >= 5 AND f.weeks >= 3
GROUP BY f.company, f.subject_id, f.first_at, f.last_at, f.active_days, f.weeks, f.away, f.value, f.ref, f.ref_2
HAVING f.active_days * 4 >= count(*)
