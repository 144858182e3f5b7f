/*
id: shared_delivery_address
title: Computers of people who claim different homes went to one door
claim: custody
basis: physical
says: "Equipment for this person or for {others} other people at {companies} companies went to one door, which they do not all claim as their home."
benign:
  - a couple or flatmates of whom one has not told HR the new address
  - the parents' house of brothers and sisters
  - a carrier's shop, a coworking space or a block of flats whose residents leave out the flat
  - an agency or supplier that was not declared
resolve: ask both to show the computer and its serial number in a live call
reads: [tie, sighting]
needs: [shipment.street]
weights: {elsewhere: 2, overextended: 1, hijacked: 0, stand_in: 18}
why: >
  Every prosecuted farm received many companies' computers at one private door; the catalogue gives a shared delivery address a likelihood ratio of 15 (4 to
  50). The tie's weight, estimated from how often people met in person share doors of the same likeness, scales it. Homes that several claim together are
  asked about apart, weakly (many_behind_one_door).
group: shipping
state: live
catalogue: [onboard-address-shared-workers]
attack: []
refs:
  - sentencing papers on a farm of over 90 computers, by press (2025)
  - FBI PSA 240516 (2024-05-16)
*/
WITH delivered AS (
  SELECT DISTINCT company, subject_id, kind, value FROM sighting WHERE via IN ('shipment:address', 'shipment:redirect_address')),
ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, kind, value, weight, first_at, last_at, a_ref AS ref
  FROM tie WHERE explained_by IS NULL
  UNION ALL
  SELECT b_company, b, a_company, a, kind, value, weight, first_at, last_at, b_ref FROM tie WHERE explained_by IS NULL)
SELECT e.company, e.subject_id, min(e.first_at) AS first_at, max(e.last_at) AS last_at, max(e.weight) / 18e0 AS strength,
       max_by(e.value, in_order(e.weight, e.value)) AS value, count(DISTINCT e.other_company || '/' || e.other) AS others,
       count(DISTINCT e.other_company) AS companies, min(e.ref) AS ref
FROM ends AS e
LEFT JOIN delivered AS o ON o.company = e.company AND o.subject_id = e.subject_id AND o.kind = e.kind AND o.value = e.value
LEFT JOIN delivered AS t ON t.company = e.other_company AND t.subject_id = e.other AND t.kind = e.kind AND t.value = e.value
WHERE e.kind = 'postal_address' AND (o.value IS NOT NULL OR t.value IS NOT NULL)
GROUP BY e.company, e.subject_id
