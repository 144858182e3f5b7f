/*
id: mailbox_as_home
title: A mailbox or forwarder as the address
claim: location
basis: physical
says: "The address given as home or for deliveries is a rented mailbox or a forwarder's, by how it is written ({times} records)."
benign:
  - people who travel all year, or whose street gets no mail
  - a person who must keep their home address private
  - a small business of the person's own
resolve: ask for an address at which the person can sign for a parcel themselves
reads: [worker, application, shipment, subject]
needs: [worker.street | shipment.street]
weights: {elsewhere: 4, overextended: 0, hijacked: 0, stand_in: 2}
why: >
  A parcel that goes on from a mailbox never has to reach the claimed home; guidance names forwarders' addresses. The catalogue gives it a likelihood
  ratio of 2 (1.2 to 4): travellers rent mailboxes, and one cluster avoided them. Told by the address's own words only.
group: shipping
state: live
catalogue: [onboard-mailbox-or-forwarder]
attack: []
refs:
  - FBI PSA 231018 (2023-10-18)
*/
WITH given AS (
  SELECT company, subject_id, street, CAST(NULL AS TIMESTAMP) AS seen_at, event_ref FROM worker
  UNION ALL SELECT company, subject_id, street, applied_at, event_ref FROM application
  UNION ALL SELECT company, subject_id, street, CAST(shipped_on AS TIMESTAMP), event_ref FROM shipment)
SELECT g.company, g.subject_id, coalesce(min(g.seen_at), min(s.first_at)) AS first_at, coalesce(max(g.seen_at), max(s.last_at)) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value,
       count(*) AS times, min(g.event_ref) AS ref
FROM given AS g JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
WHERE matches(lower(g.street), '(^|[^a-z])(p[.]? ?o[.]? ?box|pmb|private mail ?box|(the )?ups store|postnet|pak mail|ipostal1?|earth class mail|anytime mailbox|traveling mailbox|mail boxes etc|myus|shipito|stackry|planet express|reship|forwardme|(mail|parcel|freight|package) forward(ing|er))([^a-z]|$)')
GROUP BY g.company, g.subject_id
