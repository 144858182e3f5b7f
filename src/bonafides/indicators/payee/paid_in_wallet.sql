/*
id: paid_in_wallet
title: The pay goes to a virtual-currency wallet
claim: payee
basis: behaviour
says: Since {first_at} the pay goes to a virtual-currency address, which is not usual at this company.
benign:
  - a contractor abroad, or one whom banks serve badly
  - a company that pays in tokens by policy
resolve: use the payroll channel that everybody uses
reads: [payee]
needs: [payee.wallet | payee.method]
weights: {elsewhere: 2, overextended: 0, hijacked: 1, stand_in: 3}
why: >
  Wages that end in virtual currency cannot be called back, and the scheme's do; the catalogue gives a request for it a likelihood ratio of 4 (1.5 to 15).
  Contractors abroad ask for it honestly, so little is counted, and nothing where three people and a twentieth of the company's are paid so. Cards and the
  banks of fintechs alone are no sign: they go with income, not with the scheme.
group: payee-graph
state: live
catalogue: [pay-crypto-or-platform]
attack: [T1657]
refs:
  - joint advisory on IT workers of State, Treasury and FBI (2022-05-16)
  - FBI PSA 250723-4 (2025-07-23)
*/
WITH told AS (
  SELECT company, subject_id, event_ref, valid_from, wallet, wallet IS NOT NULL OR coalesce(lower(trim(method)), '') IN ('wallet', 'crypto') AS is_wallet
  FROM payee),
usual AS (
  SELECT company, count(DISTINCT subject_id) AS people, count(DISTINCT CASE WHEN is_wallet THEN subject_id END) AS paid_so FROM told GROUP BY company)
SELECT t.company, t.subject_id, CAST(min(t.valid_from) AS TIMESTAMP) AS first_at, CAST(max(t.valid_from) AS TIMESTAMP) AS last_at, 1.0 AS strength,
       max(t.wallet) AS value, min(t.event_ref) AS ref
FROM told AS t JOIN usual AS u ON u.company = t.company
WHERE t.is_wallet AND (u.paid_so < 3 OR u.paid_so * 20 < u.people)
GROUP BY t.company, t.subject_id
