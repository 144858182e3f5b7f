/*
id: many_behind_one_door
title: Many people of several employers claim one home
claim: custody
basis: network
says: Besides this person {others} different people at {companies} companies claim the same door as their home.
benign:
  - a shared house or a family in which many work remotely
  - a block of flats whose residents leave out the flat
  - a hostel, a college or a mail-forwarding address
resolve: ask to show the company's computer and its serial number in a live call
reads: [tie, subject]
needs: [worker.street]
weights: {elsewhere: 1, overextended: 0, hijacked: 0, stand_in: 4}
why: >
  A farm may make its own address the home of all its identities, and then one household explains what they share; but households of four remote workers at
  three employers or more are rare. Blocks of flats make it no more than a hint, which the estimated weight of such doors scales. People are told apart by the token of
  their government id; couples and families of three stay quiet.
group: shipping
state: live
catalogue: [onboard-address-shared-workers]
attack: []
refs:
  - sentencing papers on a farm of over 90 computers, by press (2025)
*/
WITH ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, value, weight, first_at, last_at, a_ref AS ref
  FROM tie WHERE kind = 'postal_address' AND explained_by = 'household'
  UNION ALL
  SELECT b_company, b, a_company, a, value, weight, first_at, last_at, b_ref FROM tie WHERE kind = 'postal_address' AND explained_by = 'household')
SELECT e.company, e.subject_id, min(e.first_at) AS first_at, max(e.last_at) AS last_at, max(e.weight) / 12e0 AS strength, max(e.value) AS value,
       count(DISTINCT coalesce(o.person, e.other_company || '/' || e.other)) AS others, count(DISTINCT e.other_company) AS companies, min(e.ref) AS ref
FROM ends AS e JOIN subject AS o ON o.company = e.other_company AND o.subject_id = e.other
GROUP BY e.company, e.subject_id
HAVING count(DISTINCT coalesce(o.person, e.other_company || '/' || e.other)) >= 3
   AND count(DISTINCT e.other_company) + CASE WHEN bool_or(e.other_company = e.company) THEN 0 ELSE 1 END >= 3
