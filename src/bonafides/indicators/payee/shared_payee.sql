/*
id: shared_payee
title: One account receives the pay of several people
claim: payee
basis: payee
says: The account paid to is also paid to for {others} other people at {companies} companies, none of whom shares the claimed home or a declared agency.
benign:
  - a couple of whom one has not told HR the new address
  - parents, children or flatmates who lend an account
  - an agency, trustee or employer of record that was not declared
  - a payroll error that copied one person's account to another
resolve: ask the bank or payroll provider to confirm the account's owner
reads: [tie]
needs: [payee.account_token | payment.account_token | payee.wallet]
weights: {elsewhere: 0, overextended: 3, hijacked: 2, stand_in: 14}
why: >
  The catalogue gives a shared account a likelihood ratio of 25 (6 to 90). The tie's own weight, estimated from how often people met in
  person share accounts of the same likeness, scales it; what nothing innocent explains counts up to 14 dB. Subcontractors' pay and
  redirected pay after a takeover share accounts too, seldom.
group: payee-graph
state: live
attack: []
refs:
  - FBI PSA 250723-4 (2025-07-23)
  - joint advisory on IT workers of State, Treasury and FBI (2022-05-16)
*/
WITH ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, value, weight, first_at, last_at, a_ref AS ref
  FROM tie WHERE family = 'money' AND explained_by IS NULL
  UNION ALL
  SELECT b_company, b, a_company, a, value, weight, first_at, last_at, b_ref FROM tie WHERE family = 'money' AND explained_by IS NULL)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, max(weight) / 14.0 AS strength, max_by(value, in_order(weight, value)) AS value,
       count(DISTINCT other_company || '/' || other) AS others, count(DISTINCT other_company) AS companies, min(ref) AS ref
FROM ends GROUP BY company, subject_id
