/*
id: parcel_at_claimed_home
title: The equipment was delivered to the claimed home
claim: custody
basis: physical
says: "The company's equipment went to the claimed home on {first_at} and was not redirected."
benign:
  - this is evidence for the worker; whoever claims the facilitator's own address would look the same
resolve: none needed
reads: [sighting, shipment]
needs: [shipment.street, worker.street | application.street]
weights: {elsewhere: 0, overextended: 0, hijacked: 0, stand_in: -0.5}
why: >
  Under a stolen identity the papers bear the owner's address, where the computer must not go; but a farm's own door can be claimed, as careful networks
  do, so it is worth next to nothing; of an undisclosed place it says nothing, since nomads leave later. Every parcel counts: one that went elsewhere
  ends it.
group: shipping
state: live
catalogue: []
attack: []
refs:
  - FBI PSA 250723-4 (2025-07-23)
*/
WITH home AS (SELECT DISTINCT company, subject_id, value FROM sighting WHERE via IN ('worker:address', 'application:address')),
parcel AS (
  SELECT g.company, g.subject_id, g.value, g.first_at, g.first_ref, t.redirect_street IS NULL AND t.redirect_postal_code IS NULL AS is_straight
  FROM sighting AS g JOIN shipment AS t ON t.company = g.company AND t.event_ref = g.first_ref WHERE g.via = 'shipment:address')
SELECT p.company, p.subject_id, min(p.first_at) AS first_at, max(p.first_at) AS last_at, 1.0 AS strength, max(p.value) AS value, min(p.first_ref) AS ref
FROM parcel AS p LEFT JOIN home AS h ON h.company = p.company AND h.subject_id = p.subject_id AND h.value = p.value
GROUP BY p.company, p.subject_id HAVING bool_and(p.is_straight) AND count(h.value) = count(*)
