/*
id: laptop_redirected
title: The computer was redirected on its way
claim: custody
basis: physical
says: "Equipment sent on {first_at} was redirected on its way to an address that the worker claims nowhere ({place})."
benign:
  - a move that HR had not heard of
  - a neighbour, a relative, a hotel or a temporary stay
  - a carrier's shop or a reception that takes parcels in
resolve: ask who received the computer, and for its serial number in a live call
reads: [sighting, shipment, subject, value_fact]
needs: [shipment.redirect_street, worker.street | application.street]
weights: {elsewhere: 4, overextended: 1, hijacked: 0, stand_in: 6}
why: >
  The computer must reach the facilitator and not the claimed home, and a change on the way leaves the claimed address in the papers; the catalogue gives a
  changed or unrelated delivery address a likelihood ratio of 4 (2 to 10). Carriers' shops and neighbours are near, so within 100 km, or in one postal
  area, nothing is said. Addresses have no coordinates of their own: a postal area (the first three signs of the code, else the town) lies where the homes
  of people who live in it lie. Where nobody lives in it, another region counts for half and another postal area for a third. The company's own door is
  nobody's home, whatever HR writes.
group: shipping
state: live
catalogue: [onboard-address-change]
attack: []
refs:
  - FBI PSA 231018 (2023-10-18)
  - FBI PSA 250723-4 (2025-07-23)
*/
WITH home AS (
  SELECT DISTINCT g.company, g.subject_id, s.person, g.value,
         CASE WHEN split_part(g.value, '|', 2) LIKE '%,%' THEN split_part(g.value, '|', 2) ELSE substr(split_part(g.value, '|', 2), 1, 3) END || '|' || split_part(g.value, '|', 3) AS area
  FROM sighting AS g JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
  LEFT JOIN value_fact AS o ON o.kind = g.kind AND o.value = g.value
  WHERE g.via IN ('worker:address', 'application:address') AND o.infrastructure_of IS NULL),
area AS (
  SELECT CASE WHEN split_part(address, '|', 2) LIKE '%,%' THEN split_part(address, '|', 2) ELSE substr(split_part(address, '|', 2), 1, 3) END || '|' || split_part(address, '|', 3) AS area,
         median(latitude) AS latitude, median(longitude) AS longitude
  FROM subject GROUP BY 1),
claimed AS (
  SELECT company, subject_id, value, area FROM home
  UNION
  SELECT s.company, s.subject_id, h.value, h.area FROM subject AS s JOIN home AS h ON h.person = s.person),
parcel AS (
  SELECT g.company, g.subject_id, g.value, g.first_at, g.last_at, g.first_ref AS ref, folded(p.redirect_region) AS region,
         CASE WHEN split_part(g.value, '|', 2) LIKE '%,%' THEN split_part(g.value, '|', 2) ELSE substr(split_part(g.value, '|', 2), 1, 3) END || '|' || split_part(g.value, '|', 3) AS area
  FROM sighting AS g
  JOIN shipment AS p ON p.company = g.company AND p.event_ref = g.first_ref
  JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
  WHERE g.via = 'shipment:redirect_address' AND f.infrastructure_of IS NULL),
compared AS (
  SELECT p.company, p.subject_id, p.value, p.first_at, p.last_at, p.ref, min(CASE WHEN x.latitude + y.latitude IS NOT NULL THEN km(x.latitude, x.longitude, y.latitude, y.longitude) END) AS away,
         bool_or(p.area = c.area) AS is_same_area, bool_or(p.region <> folded(s.region)) AS is_other_region
  FROM parcel AS p
  JOIN claimed AS c ON c.company = p.company AND c.subject_id = p.subject_id
  JOIN subject AS s ON s.company = p.company AND s.subject_id = p.subject_id
  LEFT JOIN area AS x ON x.area = p.area
  LEFT JOIN area AS y ON y.area = c.area
  GROUP BY p.company, p.subject_id, p.value, p.first_at, p.last_at, p.ref),
judged AS (
  SELECT *, CASE WHEN is_same_area THEN 0.0 WHEN away > 100 THEN 1.0 WHEN away IS NOT NULL THEN 0.0 WHEN is_other_region THEN 0.5 ELSE 0.3 END AS strength
  FROM compared)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, max(strength) AS strength, max_by(value, in_order(strength, value)) AS value,
       CASE max(strength) WHEN 1.0 THEN 'about ' || CAST(CAST(round(max(away)) AS INTEGER) AS VARCHAR) || ' km away' WHEN 0.5 THEN 'in another region' ELSE 'in another postal area' END AS place,
       min(ref) AS ref
FROM judged WHERE strength > 0 GROUP BY company, subject_id
