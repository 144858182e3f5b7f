/*
id: ship_to_verified_address
title: Equipment sent to the claimed home
asks: Send equipment only to the address in the worker’s own documents.
claim: custody
needs: [shipment.street, worker.street]
refs:
  - FBI PSA 250723-4 (2025-07-23)
  - FBI PSA 240516 (2024-05-16)
*/
WITH home AS (
  SELECT DISTINCT company, subject_id, value FROM sighting WHERE via IN ('worker:address', 'application:address')),
parcel AS (
  SELECT DISTINCT g.company, g.subject_id, g.value FROM sighting AS g JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
  WHERE g.via = 'shipment:address' AND (s.ended_on IS NULL OR g.day < s.ended_on))
SELECT p.company, p.subject_id, bool_or(h.value = p.value) AS holds
FROM parcel AS p JOIN home AS h ON h.company = p.company AND h.subject_id = p.subject_id
GROUP BY p.company, p.subject_id, p.value
