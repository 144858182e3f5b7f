/*
id: third_party_payee
title: The pay goes to an account in somebody else's name
claim: payee
basis: payee
says: "Since {first_at} the pay goes to an account whose holder bears none of the worker's names, former ones included ({accounts} such accounts, in use {days} days)."
benign:
  - the account of a husband, wife or parent
  - an own company that bears another name, or an umbrella company that was not declared
  - a name that payroll spells in another way than HR, or a former name that HR never had
  - a payroll error
resolve: ask for a bank letter or the bank's own check of the holder, the same as from everybody
reads: [payee, worker, application, subject, cleaned, value_fact]
needs: [payee.holder_name, worker.family_name]
weights: {elsewhere: 1, overextended: 3, hijacked: 4, stand_in: 7}
why: >
  The wages must leave the claimed person: facilitators lend and open accounts. The catalogue gives a holder's name that does not fit a likelihood ratio of
  6 (2 to 20). Names are compared within the worker's own documents only, folded, word by word: one word in common, a cut or near spelling of one (a letter
  in four, two in seven) is enough to be the worker's own, so married, joint, hyphenated and cut names stay quiet. Companies' names are no question for
  contractors; agencies' workers are paid through them; payment services, wallets and cards carry the provider's name, employers of record and marketplaces their own;
  what only says which account it is (Primary Checking) is nobody's name. One strange word alone may be a former or married family name with nothing beside it
  to show so, and counts for a third. Intruders redirect pay too, so half counts for an account in use for less than two months.
group: payee-graph
state: live
catalogue: [pay-account-name-mismatch]
attack: [T1657]
refs:
  - FBI PSA 240516 (2024-05-16)
  - FBI PSA 250723-4 (2025-07-23)
*/
WITH named AS (
  SELECT company, subject_id, given_name, family_name FROM worker
  UNION SELECT company, subject_id, given_name, family_name FROM application),
own AS (
  SELECT DISTINCT company, subject_id, split_part(translate(folded(coalesce(given_name, '') || ' ' || coalesce(family_name, '')), '-.,/&()''’', '       '), ' ', n) AS word
  FROM named CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6)) AS p(n)),
account AS (
  SELECT p.company, p.subject_id, p.event_ref, p.valid_from, translate(folded(p.holder_name), '-.,/&()''’', '       ') AS holder,
         lead(p.valid_from) OVER (PARTITION BY p.company, p.subject_id ORDER BY p.valid_from, p.event_ref) AS until_on, f.lists
  FROM payee AS p
  LEFT JOIN cleaned AS c ON c.kind = 'bank_account' AND c.raw = p.account_token
  LEFT JOIN value_fact AS f ON f.kind = 'bank_account' AND f.value = c.value
  WHERE coalesce(lower(trim(p.method)), 'ach') NOT IN ('service', 'wallet', 'card')),
holder AS (
  SELECT a.company, a.subject_id, a.event_ref, split_part(a.holder, ' ', p.n) AS word
  FROM account AS a CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10)) AS p(n)
  WHERE NOT matches(a.holder, '^( |account|acct|bank|checking|current|default|deposit|direct|main|payroll|primary|salary|savings|[^a-z])+$')),
compared AS (
  SELECT h.company, h.subject_id, h.event_ref,
         bool_or(h.word = o.word
                 OR (least(length(h.word), length(o.word)) >= 4 AND (substr(h.word, 1, length(o.word)) = o.word OR substr(o.word, 1, length(h.word)) = h.word))
                 OR levenshtein(h.word, o.word) <= CASE WHEN least(length(h.word), length(o.word)) >= 7 THEN 2 WHEN least(length(h.word), length(o.word)) >= 4 THEN 1 ELSE 0 END) AS is_own
  FROM holder AS h JOIN own AS o ON o.company = h.company AND o.subject_id = h.subject_id
  -- What is not written in Latin letters on both sides cannot be compared.
  WHERE matches(h.word, '[a-z]{2}') AND matches(o.word, '[a-z]{2}')
  GROUP BY h.company, h.subject_id, h.event_ref),
other AS (
  SELECT a.company, a.subject_id, a.event_ref, a.valid_from, trim(a.holder) LIKE '% %' AS is_full, greatest(0, days_between(a.valid_from, coalesce(a.until_on, s.ended_on, s.last_at, a.valid_from))) AS days
  FROM account AS a
  JOIN compared AS c ON c.company = a.company AND c.subject_id = a.subject_id AND c.event_ref = a.event_ref
  JOIN subject AS s ON s.company = a.company AND s.subject_id = a.subject_id
  WHERE NOT c.is_own AND coalesce(s.agency, '') = '' AND coalesce(a.lists, '') NOT LIKE '%payout_services%'
    AND NOT (coalesce(s.engagement, '') = 'contractor' AND matches(a.holder, '(^| )(llc|inc|ltd|limited|gmbh|corp|corporation|company|co|llp|lp|plc|pty|sarl|bv|ab|as|oy|srl|consulting|software|solutions|services|studio|studios|labs|tech|technologies|systems|group|partners|holdings|digital)( |$)')))
SELECT company, subject_id, CAST(min(valid_from) AS TIMESTAMP) AS first_at, CAST(max(valid_from) AS TIMESTAMP) AS last_at,
       CASE WHEN sum(days) >= 60 THEN 1.0 ELSE 0.5 END * CASE WHEN bool_or(is_full) THEN 1.0 ELSE 0.3 END AS strength, CAST(NULL AS VARCHAR) AS value, sum(days) AS days, count(*) AS accounts,
       min(event_ref) AS ref
FROM other GROUP BY company, subject_id
