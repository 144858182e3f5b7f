/*
id: parcel_for_another_name
title: Equipment addressed to somebody else
claim: custody
basis: physical
says: "{parcels} parcels with the company's equipment were addressed to or taken by a person who bears none of the worker's names."
benign:
  - a partner, parent or neighbour who takes parcels
  - a reception that signs for a whole house
  - a former name, or one that is written otherwise
resolve: ask who took the parcel, and for the serial number in a live call
reads: [shipment, worker, application, subject]
needs: [shipment.recipient, worker.family_name]
weights: {elsewhere: 2, overextended: 1, hijacked: 0, stand_in: 3}
why: >
  The facilitator takes the computer; but families do too, and the catalogue gives another's signature a likelihood ratio of 2.5 (1.3 to 5). Names are
  compared within the worker's own documents only, word by word; one word in common, or a near spelling of one, is enough. Names of firms and what
  cannot be compared in Latin letters stay quiet.
group: shipping
state: live
catalogue: [onboard-delivery-signature-other]
attack: []
refs:
  - "US Department of Justice: press releases on laptop farms (2024 to 2025)"
*/
WITH named AS (
  SELECT company, subject_id, given_name, family_name FROM worker
  UNION SELECT company, subject_id, given_name, family_name FROM application),
own AS (
  SELECT DISTINCT company, subject_id, split_part(translate(folded(coalesce(given_name, '') || ' ' || coalesce(family_name, '')), '-.,/&()''’', '       '), ' ', n) AS word
  FROM named CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6)) AS p(n)),
parcel AS (
  SELECT t.company, t.subject_id, t.event_ref, t.shipped_on, translate(folded(t.recipient), '-.,/&()''’', '       ') AS recipient
  FROM shipment AS t JOIN subject AS s ON s.company = t.company AND s.subject_id = t.subject_id
  WHERE coalesce(t.shipped_on < s.ended_on, true)),
taken AS (SELECT a.company, a.subject_id, a.event_ref, split_part(a.recipient, ' ', p.n) AS word FROM parcel AS a CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6)) AS p(n)),
compared AS (
  SELECT h.company, h.subject_id, h.event_ref,
         bool_or(h.word = o.word
                 OR (least(length(h.word), length(o.word)) >= 4 AND (substr(h.word, 1, length(o.word)) = o.word OR substr(o.word, 1, length(h.word)) = h.word))
                 OR levenshtein(h.word, o.word) <= CASE WHEN least(length(h.word), length(o.word)) >= 7 THEN 2 WHEN least(length(h.word), length(o.word)) >= 4 THEN 1 ELSE 0 END) AS is_own
  FROM taken AS h JOIN own AS o ON o.company = h.company AND o.subject_id = h.subject_id
  WHERE matches(h.word, '[a-z]{2}') AND matches(o.word, '[a-z]{2}')
  GROUP BY h.company, h.subject_id, h.event_ref)
SELECT p.company, p.subject_id, CAST(min(p.shipped_on) AS TIMESTAMP) AS first_at, CAST(max(p.shipped_on) AS TIMESTAMP) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value,
       count(*) AS parcels, min(p.event_ref) AS ref
FROM parcel AS p JOIN compared AS c ON c.company = p.company AND c.subject_id = p.subject_id AND c.event_ref = p.event_ref
WHERE NOT c.is_own AND trim(p.recipient) LIKE '% %'
  AND NOT matches(p.recipient, '(^| )(llc|inc|ltd|gmbh|corp|company|co|reception|front desk|desk|lobby|mailroom|office|neighbor|neighbour|locker|store|shop|department|team)( |$)')
GROUP BY p.company, p.subject_id
