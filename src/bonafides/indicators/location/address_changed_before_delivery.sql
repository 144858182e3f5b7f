/*
id: address_changed_before_delivery
title: Another home between the application and the parcel
claim: location
basis: behaviour
says: "Equipment went to a home claimed only after the application, which named one elsewhere ({place})."
benign:
  - somebody who moved for the job, or moved at all
  - an applicant who gave the parents' or the old address
resolve: ask for a recent bill or lease, the same as from everybody who moved
reads: [sighting, shipment, application, subject]
needs: [shipment.street, application.street, worker.street]
weights: {elsewhere: 1, overextended: 0, hijacked: 0, stand_in: 3}
why: >
  The application bears the stolen identity's address and HR's papers the facilitator's; the FBI names addresses changed at the last minute, and the catalogue gives a
  likelihood ratio of 4 (2 to 9). People move for jobs, so the low side is taken. Distance is told as for laptop_redirected: over 100 km between postal areas in which
  people's homes lie, or else another region and another postal area, for half.
group: shipping
state: live
catalogue: [onboard-address-change]
attack: []
refs:
  - FBI PSA 231018 (2023-10-18)
*/
WITH known AS (
  SELECT g.company, g.subject_id, g.value, g.via, g.first_at, g.last_at, g.first_ref,
         CASE WHEN split_part(g.value, '|', 2) LIKE '%,%' THEN split_part(g.value, '|', 2) ELSE substr(split_part(g.value, '|', 2), 1, 3) END || '|' || split_part(g.value, '|', 3) AS area
  FROM sighting AS g),
area AS (
  SELECT CASE WHEN split_part(address, '|', 2) LIKE '%,%' THEN split_part(address, '|', 2) ELSE substr(split_part(address, '|', 2), 1, 3) END || '|' || split_part(address, '|', 3) AS area,
         median(latitude) AS latitude, median(longitude) AS longitude
  FROM subject GROUP BY 1),
compared AS (
  SELECT p.company, p.subject_id, p.value, p.first_at, p.last_at, p.first_ref AS ref,
         min(CASE WHEN x.latitude + y.latitude IS NOT NULL THEN km(x.latitude, x.longitude, y.latitude, y.longitude) END) AS away,
         bool_or(p.area = a.area) AS is_same_area, bool_or(folded(t.region) <> folded(i.region)) AS is_other_region
  FROM known AS p
  JOIN shipment AS t ON t.company = p.company AND t.event_ref = p.first_ref
  JOIN known AS w ON w.company = p.company AND w.subject_id = p.subject_id AND w.value = p.value
  JOIN known AS a ON a.company = p.company AND a.subject_id = p.subject_id
  JOIN application AS i ON i.company = a.company AND i.event_ref = a.first_ref
  LEFT JOIN area AS x ON x.area = p.area
  LEFT JOIN area AS y ON y.area = a.area
  WHERE p.via = 'shipment:address' AND w.via = 'worker:address' AND a.via = 'application:address'
  GROUP BY p.company, p.subject_id, p.value, p.first_at, p.last_at, p.first_ref),
judged AS (
  SELECT *, CASE WHEN is_same_area THEN 0.0 WHEN away > 100 THEN 1.0 WHEN away IS NOT NULL THEN 0.0 WHEN is_other_region THEN 0.5 ELSE 0.0 END AS strength
  FROM compared)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, max(strength) AS strength, max_by(value, in_order(strength, value)) AS value,
       CASE max(strength) WHEN 1.0 THEN 'about ' || CAST(CAST(round(max(away)) AS INTEGER) AS VARCHAR) || ' km away' ELSE 'in another region' END AS place, min(ref) AS ref
FROM judged WHERE strength > 0 GROUP BY company, subject_id
