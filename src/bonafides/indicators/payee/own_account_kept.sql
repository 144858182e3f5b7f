/*
id: own_account_kept
title: One account in the worker's own name for half a year
claim: payee
basis: payee
says: For {days} days the pay has gone to one account in the worker's own name that nobody else uses.
benign:
  - this is evidence for the worker; an account opened in a stolen or rented identity would look the same
resolve: none needed
reads: [payee, worker, subject, sighting, value_fact]
needs: [payee.holder_name, payee.account_token, worker.family_name]
weights: {elsewhere: 0, overextended: 0, hijacked: -1, stand_in: -3}
why: >
  Wages must leave the claimed person, so most stand-ins' pay goes to shared, lent or changing accounts; but accounts are opened in stolen names and rented
  from their owners too, by a third or more of them, so this says little. Given and family name, or the family name with the given name's first letter,
  must stand on the account.
group: payee-graph
state: live
attack: []
refs:
  - FBI PSA 250723-4 (2025-07-23)
*/
WITH name AS (
  SELECT DISTINCT company, subject_id, translate(folded(given_name), '-.,/&()''’', '       ') AS given, translate(folded(family_name), '-.,/&()''’', '       ') AS family
  FROM worker),
told AS (
  SELECT p.company, p.subject_id, p.event_ref, p.valid_from, ' ' || translate(folded(p.holder_name), '-.,/&()''’', '       ') || ' ' AS holder FROM payee AS p),
given AS (
  SELECT t.company, t.subject_id, t.event_ref, t.valid_from,
         coalesce(bool_or(t.holder LIKE '% ' || n.family || ' %' AND replace(t.holder, ' ' || n.family || ' ', ' ') LIKE '% ' || substr(n.given, 1, 1) || '%'), false) AS is_own
  FROM told AS t LEFT JOIN name AS n ON n.company = t.company AND n.subject_id = t.subject_id
  GROUP BY t.company, t.subject_id, t.event_ref, t.valid_from),
account AS (
  SELECT t.company, t.subject_id, g.value, min(t.valid_from) AS valid_from, min(t.event_ref) AS ref, max(f.holders) AS holders, bool_and(t.is_own) AS is_own
  FROM given AS t
  JOIN sighting AS g ON g.company = t.company AND g.subject_id = t.subject_id AND g.first_ref = t.event_ref
  JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
  GROUP BY t.company, t.subject_id, g.value),
person AS (
  SELECT company, subject_id, min(valid_from) AS valid_from, min(ref) AS ref, max(value) AS value FROM account
  GROUP BY company, subject_id HAVING count(*) = 1 AND max(holders) = 1 AND bool_and(is_own))
SELECT p.company, p.subject_id, CAST(p.valid_from AS TIMESTAMP) AS first_at, s.last_at, 1.0 AS strength, p.value,
       days_between(p.valid_from, coalesce(s.ended_on, s.last_at)) AS days, p.ref
FROM person AS p JOIN subject AS s ON s.company = p.company AND s.subject_id = p.subject_id
WHERE days_between(p.valid_from, coalesce(s.ended_on, s.last_at)) >= 180
