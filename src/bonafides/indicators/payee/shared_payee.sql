/*
id: shared_payee
title: One account receives the pay of several people
claim: payee
basis: payee
says: "Pay for {others} other people at {companies} companies goes to the account that this person's pay goes to; none of them shares the claimed home or a declared agency. Name on the account: {named}."
benign:
  - a couple of whom one has not told HR the new address
  - parents, children or flatmates who lend an account
  - an agency, trustee or employer of record that was not declared
  - a payroll error that copied one person's account to another
resolve: ask the bank or payroll provider to confirm the account's owner
reads: [tie, payee, sighting, worker]
needs: [payee.account_token | payment.account_token | payee.wallet]
weights: {elsewhere: 0, overextended: 3, hijacked: 2, stand_in: 22}
why: >
  The catalogue gives a shared account a likelihood ratio of 25 (6 to 90). The tie's own weight, estimated from how often people met in
  person share accounts of the same likeness, scales it; what nothing innocent explains counts up to 22 dB. Where payroll knows the account's holder and
  the holder bears one of this worker's own names, it is a joint or family account more often than not, and a third is left. Subcontractors' pay and
  redirected pay after a takeover share accounts too, seldom.
group: payee-graph
state: live
catalogue: [pay-account-shared, network-same-phone-bank-across-employers]
attack: []
refs:
  - FBI PSA 250723-4 (2025-07-23)
  - joint advisory on IT workers of State, Treasury and FBI (2022-05-16)
*/
WITH ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, kind, value, weight, first_at, last_at, a_ref AS ref
  FROM tie WHERE family = 'money' AND explained_by IS NULL
  UNION ALL
  SELECT b_company, b, a_company, a, kind, value, weight, first_at, last_at, b_ref FROM tie WHERE family = 'money' AND explained_by IS NULL),
own_name AS (
  SELECT DISTINCT w.company, w.subject_id, split_part(translate(folded(coalesce(w.given_name, '') || ' ' || coalesce(w.family_name, '')), '-.,/&()''’', '       '), ' ', p.n) AS name
  FROM worker AS w CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6)) AS p(n)),
held AS (
  SELECT g.company, g.subject_id, g.kind, g.value, max(p.holder_name) AS holder_name,
         count_if(length(o.name) > 1 AND ' ' || translate(folded(p.holder_name), '-.,/&()''’', '       ') || ' ' LIKE '% ' || o.name || ' %') AS own_names
  FROM sighting AS g
  JOIN payee AS p ON p.company = g.company AND p.event_ref = g.first_ref
  LEFT JOIN own_name AS o ON o.company = g.company AND o.subject_id = g.subject_id
  GROUP BY g.company, g.subject_id, g.kind, g.value),
weighed AS (
  SELECT e.*, CASE WHEN h.own_names > 0 THEN e.weight / 3e0 ELSE e.weight END AS left_weight, CASE WHEN h.own_names > 0 THEN 'bears an own name'
         WHEN h.holder_name IS NOT NULL THEN 'bears none of the worker''s names' ELSE 'not known' END AS named
  FROM ends AS e
  LEFT JOIN held AS h ON h.company = e.company AND h.subject_id = e.subject_id AND h.kind = e.kind AND h.value = e.value)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, max(left_weight) / 22e0 AS strength,
       max_by(value, in_order(left_weight, value)) AS value, count(DISTINCT other_company || '/' || other) AS others,
       count(DISTINCT other_company) AS companies, max_by(named, in_order(left_weight, value)) AS named, min(ref) AS ref
FROM weighed GROUP BY company, subject_id
