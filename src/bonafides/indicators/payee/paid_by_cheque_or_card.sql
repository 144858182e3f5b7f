/*
id: paid_by_cheque_or_card
title: Pay by cheque or on a card that anybody may hold
claim: payee
basis: payee
says: "Since {first_at} the pay goes out by {method}, as for {alike} of {people} people of the company."
benign:
  - a person without a bank account, or between two
  - a card that payroll itself offers
resolve: offer the bank's own check of an account in the person's name
reads: [payee]
needs: [payee.method]
weights: {elsewhere: 1, overextended: 2, hijacked: 1, stand_in: 3}
why: >
  A cheque is banked and a card used by whoever holds it; facilitators forwarded both. Many people without an account are paid like that, so it is a
  hint, and only where fewer than a tenth of twenty people and more are.
group: payee-graph
state: live
catalogue: [pay-cheque-or-card-address]
attack: []
refs:
  - FBI PSA 231018 (2023-10-18)
*/
WITH paid AS (
  SELECT company, subject_id, valid_from, event_ref, lower(trim(method)) AS method, matches(lower(trim(method)), '^(cheque|check|paper ?check|card|prepaid.*|pay ?card)$') AS is_loose FROM payee),
usual AS (SELECT company, count(DISTINCT subject_id) AS people, count(DISTINCT CASE WHEN is_loose THEN subject_id END) AS alike FROM paid GROUP BY company)
SELECT p.company, p.subject_id, CAST(min(p.valid_from) AS TIMESTAMP) AS first_at, CAST(max(p.valid_from) AS TIMESTAMP) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value,
       min(p.method) AS method, max(u.alike) AS alike, max(u.people) AS people, min(p.event_ref) AS ref
FROM paid AS p JOIN usual AS u ON u.company = p.company
WHERE p.is_loose AND u.people >= 20 AND u.alike * 10 < u.people
GROUP BY p.company, p.subject_id
