/*
id: shared_contact
title: Different people give one telephone or mailbox as their own
claim: identity
basis: network
says: "{others} other people at {companies} companies, of other names and homes, gave the same telephone number or e-mail address as their own."
benign:
  - a couple, parents and children, or flatmates
  - a careers office or staffing firm that gives its own number
  - a number that its carrier gave to somebody else later
resolve: call each person on a number found independently
reads: [tie, sighting, subject]
needs: [worker.phone | worker.personal_email | application.phone | application.email]
weights: {elsewhere: 0, overextended: 2, hijacked: 0, stand_in: 14}
why: >
  Many identities are run from few telephones; the FBI tells HR to compare applicants' contact details, and the catalogue gives reuse a likelihood ratio of 15
  (5 to 40). The tie's weight scales it. Only what people give as their own counts, not referees' numbers and not what proves a login (shared_login_factor).
  One name is one person who applies or works twice, ids or not. Inside one company only applicants are compared: staff share what HR filled in.
group: contact-graph
state: live
catalogue: [apply-contact-reuse, network-same-phone-bank-across-employers]
attack: [T1585]
refs:
  - FBI PSA 250123 (2025-01-23)
*/
WITH contact AS (
  SELECT company, subject_id, kind, value, bool_or(via IN ('worker:phone', 'worker:personal_email', 'application:phone', 'application:email')) AS is_own,
         bool_or(via IN ('credential:phone', 'credential:email')) AS is_factor
  FROM sighting GROUP BY company, subject_id, kind, value),
ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, kind, value, weight, first_at, last_at, a_ref AS ref
  FROM tie WHERE explained_by IS NULL
  UNION ALL
  SELECT b_company, b, a_company, a, kind, value, weight, first_at, last_at, b_ref FROM tie WHERE explained_by IS NULL)
SELECT e.company, e.subject_id, min(e.first_at) AS first_at, max(e.last_at) AS last_at, max(e.weight) / 14e0 AS strength,
       max_by(e.value, in_order(e.weight, e.value)) AS value, count(DISTINCT e.other_company || '/' || e.other) AS others,
       count(DISTINCT e.other_company) AS companies, min(e.ref) AS ref
FROM ends AS e
JOIN contact AS o ON o.company = e.company AND o.subject_id = e.subject_id AND o.kind = e.kind AND o.value = e.value
JOIN contact AS t ON t.company = e.other_company AND t.subject_id = e.other AND t.kind = e.kind AND t.value = e.value
JOIN subject AS a ON a.company = e.company AND a.subject_id = e.subject_id
JOIN subject AS b ON b.company = e.other_company AND b.subject_id = e.other
WHERE o.is_own AND t.is_own AND NOT o.is_factor AND NOT t.is_factor
  AND (a.company <> b.company OR a.subject_kind <> 'worker' OR b.subject_kind <> 'worker')
  AND NOT coalesce(folded(a.given_name) = folded(b.given_name) AND folded(a.family_name) = folded(b.family_name), false)
GROUP BY e.company, e.subject_id
