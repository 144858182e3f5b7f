/*
id: first_report_far_from_delivery
title: The new computer first reports from far away
claim: custody
basis: physical
says: "Delivered on {first_at}, the computer reported in its first five days from homes' lines {km} km and more from where it was delivered ({days} days)."
benign:
  - a journey right after delivery
  - a depot where the person fetched the parcel
  - a line that the provider places in the wrong town
resolve: ask to show the computer and its serial number in a live call, with the window in the picture
reads: [sighting, shipment, subject, value_fact]
needs: [shipment.delivered_on, process.ip | connection.ip | peripheral.ip, value_fact.latitude, subject.latitude]
weights: {elsewhere: 5, overextended: 1, hijacked: 0, stand_in: 5}
why: >
  A parcel that was handed on turns up elsewhere; the catalogue gives it a likelihood ratio of 6 (2 to 15). Places of homes' lines are off by some
  kilometres, so 150 count, on two days and more, and never near. A parcel's place is that of people with a known home in the same postal area.
group: geo
state: live
catalogue: [onboard-first-boot-geo]
attack: []
refs:
  - Google Mandiant on IT workers (2024-09-23)
  - geolocation error of fixed lines, arXiv 2605.21937 (2026)
*/
WITH area AS (
  SELECT CASE WHEN split_part(address, '|', 2) LIKE '%,%' THEN split_part(address, '|', 2) ELSE substr(split_part(address, '|', 2), 1, 3) END || '|' || split_part(address, '|', 3) AS area,
         median(latitude) AS latitude, median(longitude) AS longitude
  FROM subject GROUP BY 1),
parcel AS (
  SELECT g.company, g.subject_id, p.delivered_on, a.latitude, a.longitude, g.first_ref AS ref
  FROM sighting AS g
  JOIN shipment AS p ON p.company = g.company AND p.event_ref = g.first_ref
  JOIN area AS a ON a.area = CASE WHEN split_part(g.value, '|', 2) LIKE '%,%' THEN split_part(g.value, '|', 2) ELSE substr(split_part(g.value, '|', 2), 1, 3) END || '|' || split_part(g.value, '|', 3)
  WHERE g.via = 'shipment:address'),
report AS (
  SELECT p.company, p.subject_id, p.delivered_on, p.ref, g.day, g.value, g.last_at, g.first_ref, km(f.latitude, f.longitude, p.latitude, p.longitude) AS away
  FROM parcel AS p
  JOIN sighting AS g ON g.company = p.company AND g.subject_id = p.subject_id AND days_between(p.delivered_on, g.day) BETWEEN 0 AND 5
  JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
  WHERE g.via IN ('process:ip', 'connection:ip', 'peripheral:ip') AND f.network = 'residential' AND f.infrastructure_of IS NULL)
SELECT company, subject_id, CAST(min(delivered_on) AS TIMESTAMP) AS first_at, max(last_at) AS last_at, 1.0 AS strength, max(value) AS value, round(min(away)) AS km, count(DISTINCT day) AS days,
       min(ref) AS ref, min(first_ref) AS ref_2
FROM report GROUP BY company, subject_id, delivered_on HAVING min(away) > 150 AND count(DISTINCT day) >= 2
