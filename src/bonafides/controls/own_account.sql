/*
id: own_account
title: Pay goes to accounts in the worker’s own name
asks: Pay only into accounts whose holder the bank confirms to be the worker; no wallets, no cards that anybody may hold.
claim: payee
needs: [payee.method]
refs:
  - US Departments of State, the Treasury and Justice, advisory (2022-05-16)
  - FBI PSA 240516 (2024-05-16)
*/
SELECT company, subject_id, coalesce(lower(trim(method)), 'ach') NOT IN ('wallet', 'card', 'service') AS holds FROM payee
