/*
id: invalid_routing_number
title: A routing number that no bank can have
claim: payee
basis: behaviour
says: The routing number of an account given on {first_at} fails its check digit ({accounts} such accounts).
benign:
  - a typing error at HR or by the worker
  - an export that masks or replaces routing numbers
resolve: ask payroll whether payments to the account went through
reads: [payee, subject]
needs: [payee.routing_number]
weights: {elsewhere: 0, overextended: 0, hijacked: 0, stand_in: 1.5}
why: >
  Made-up bank details seldom pass the check digit of nine-digit American routing numbers (one in ten does). But typing errors are the usual cause, and
  no public source counts such numbers among operatives: hardly more than a reason to look at the account. An export that masks or replaces numbers
  spoils nine in ten of them, so a company is asked only where four fifths of its numbers are right.
group: payee-graph
state: live
attack: []
refs:
  - ABA routing number check digit (public standard)
*/
WITH told AS (
  SELECT p.company, p.subject_id, p.event_ref, p.valid_from, trim(p.routing_number) AS number
  FROM payee AS p JOIN subject AS s ON s.company = p.company AND s.subject_id = p.subject_id
  -- Other countries' numbers of nine digits have no check digit; where payroll names none, the account is taken to be where the worker lives.
  WHERE matches(trim(p.routing_number), '^[0-9]{9}$') AND lower(trim(coalesce(p.country, s.country, 'us'))) IN ('us', 'usa', 'united states', 'united states of america')),
checked AS (
  SELECT company, subject_id, event_ref, valid_from,
         (3 * (try_cast(substr(number, 1, 1) AS INTEGER) + try_cast(substr(number, 4, 1) AS INTEGER) + try_cast(substr(number, 7, 1) AS INTEGER))
          + 7 * (try_cast(substr(number, 2, 1) AS INTEGER) + try_cast(substr(number, 5, 1) AS INTEGER) + try_cast(substr(number, 8, 1) AS INTEGER))
          + try_cast(substr(number, 3, 1) AS INTEGER) + try_cast(substr(number, 6, 1) AS INTEGER) + try_cast(substr(number, 9, 1) AS INTEGER)) % 10 <> 0 AS is_wrong
  FROM told),
export AS (SELECT company, count(*) AS numbers, count_if(is_wrong) AS wrong FROM checked GROUP BY company)
SELECT c.company, c.subject_id, CAST(min(c.valid_from) AS TIMESTAMP) AS first_at, CAST(max(c.valid_from) AS TIMESTAMP) AS last_at, 1.0 AS strength,
       CAST(NULL AS VARCHAR) AS value, count(*) AS accounts, min(c.event_ref) AS ref
FROM checked AS c JOIN export AS e ON e.company = c.company
WHERE c.is_wrong AND e.wrong * 5 <= e.numbers
GROUP BY c.company, c.subject_id
