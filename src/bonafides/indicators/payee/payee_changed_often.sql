/*
id: payee_changed_often
title: Three accounts within a year
claim: payee
basis: behaviour
says: Within twelve months the pay was sent to {accounts} accounts, each new, begun on different days.
benign:
  - a bank that closed or froze an account
  - divorce, a move, or a new bank's reward for switching
  - a typing error corrected soon after
resolve: confirm the change by calling the number that was on file before it
reads: [payee]
needs: [payee.account_token | payee.wallet, payee.valid_from]
weights: {elsewhere: 1, overextended: 1, hijacked: 2, stand_in: 5}
why: >
  Banks close accounts that many strangers' wages run through, and facilitators come and go. The catalogue gives frequent changes a likelihood ratio of 4
  (2 to 10); genuine employees rarely change more than once a year, so the first account and one switch stay quiet, as do several accounts begun on one day
  (a split of the pay), a change back to a former one, and a correction within a week.
group: payee-graph
state: live
catalogue: [pay-frequent-changes]
attack: [T1657]
refs:
  - FBI PSA 250723-4 (2025-07-23)
*/
WITH account AS (
  SELECT company, subject_id, coalesce(account_token, wallet) AS account, min(valid_from) AS begun_on, min(event_ref) AS ref
  FROM payee WHERE coalesce(account_token, wallet) IS NOT NULL GROUP BY company, subject_id, coalesce(account_token, wallet)),
begun AS (
  SELECT company, subject_id, begun_on, min(ref) AS ref, lead(begun_on) OVER (PARTITION BY company, subject_id ORDER BY begun_on) AS next_on
  FROM account GROUP BY company, subject_id, begun_on),
kept AS (SELECT company, subject_id, begun_on, ref FROM begun WHERE next_on IS NULL OR days_between(begun_on, next_on) > 7),
years AS (
  SELECT a.company, a.subject_id, a.begun_on, max(b.begun_on) AS last_on, count(*) AS accounts, max(b.ref) AS ref
  FROM kept AS a JOIN kept AS b ON b.company = a.company AND b.subject_id = a.subject_id
  WHERE days_between(a.begun_on, b.begun_on) BETWEEN 0 AND 365
  GROUP BY a.company, a.subject_id, a.begun_on)
SELECT company, subject_id, CAST(min(begun_on) AS TIMESTAMP) AS first_at, CAST(max(last_on) AS TIMESTAMP) AS last_at,
       CASE WHEN max(accounts) >= 4 THEN 1.0 ELSE 0.7 END AS strength, CAST(NULL AS VARCHAR) AS value, max(accounts) AS accounts, min(ref) AS ref
FROM years WHERE accounts >= 3 GROUP BY company, subject_id
