/*
id: verified_at_bank_change
title: Identity checked again when pay goes elsewhere
asks: Check the worker’s identity again, live, when pay is to go to another account.
claim: payee
needs: [payee.account_token | payee.wallet, verification.kind]
refs:
  - FBI PSA 250723-4 (2025-07-23)
*/
WITH change AS (
  SELECT company, subject_id, valid_from FROM (
    SELECT company, subject_id, valid_from, coalesce(account_token, wallet) AS account,
           lag(coalesce(account_token, wallet)) OVER (PARTITION BY company, subject_id ORDER BY valid_from, event_ref) AS before
    FROM payee) AS one
  WHERE account <> before)
SELECT c.company, c.subject_id, coalesce(bool_or(lower(v.outcome) = 'pass' AND days_between(v.occurred_at, c.valid_from) BETWEEN -7 AND 30), false) AS holds
FROM change AS c LEFT JOIN verification AS v ON v.company = c.company AND v.subject_id = c.subject_id AND lower(v.kind) <> 'document'
GROUP BY c.company, c.subject_id, c.valid_from
