/*
id: shared_login_factor
title: One telephone or mailbox proves several workers' logins
claim: identity
basis: physical
says: "A telephone or mailbox that proves logins, of this person's account or of another's, is shared with {others} other people at {companies} companies, with whom nothing innocent joins this person."
benign:
  - a couple or family of whom one has not told HR the new address
  - a desk telephone or shared mailbox of one team
  - a help desk that enters its own number
  - a number that its carrier gave to somebody else later
resolve: have each person enrol a factor of their own in a live call
reads: [tie, sighting]
needs: [credential.phone | credential.email]
weights: {elsewhere: 0, overextended: 3, hijacked: 5, stand_in: 18}
why: >
  Who runs several people's accounts needs their second factors at hand; the catalogue gives a shared factor a likelihood ratio of 25 (8 to 80), and a
  vendor calls it an indicator of high confidence. The tie's weight, estimated from how often people met in person share numbers of the same likeness, scales it.
  Intruders enrol their own telephone with several accounts too. Contacts that prove no login are asked about apart (shared_contact).
group: mfa
state: live
catalogue: [work-mfa-device-shared]
attack: [T1556.006]
refs:
  - Okta's published detection of a telephone registered to several users (2025-01-15)
  - FBI PSA 250723-4 (2025-07-23)
*/
WITH factor AS (
  SELECT DISTINCT company, subject_id, kind, value FROM sighting WHERE via IN ('credential:phone', 'credential:email')),
ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, kind, value, weight, first_at, last_at, a_ref AS ref
  FROM tie WHERE explained_by IS NULL
  UNION ALL
  SELECT b_company, b, a_company, a, kind, value, weight, first_at, last_at, b_ref FROM tie WHERE explained_by IS NULL)
SELECT e.company, e.subject_id, min(e.first_at) AS first_at, max(e.last_at) AS last_at, max(e.weight) / 18e0 AS strength,
       max_by(e.value, in_order(e.weight, e.value)) AS value, count(DISTINCT e.other_company || '/' || e.other) AS others,
       count(DISTINCT e.other_company) AS companies, min(e.ref) AS ref
FROM ends AS e
LEFT JOIN factor AS o ON o.company = e.company AND o.subject_id = e.subject_id AND o.kind = e.kind AND o.value = e.value
LEFT JOIN factor AS t ON t.company = e.other_company AND t.subject_id = e.other AND t.kind = e.kind AND t.value = e.value
WHERE o.value IS NOT NULL OR t.value IS NOT NULL
GROUP BY e.company, e.subject_id
