/*
id: agency_paid_elsewhere
title: The agency's worker is paid to neither
claim: payee
basis: payee
says: "Declared to come through an agency, the person is paid since {first_at} to an account that bears neither the agency's name nor any of the person's."
benign:
  - an agency that trades under another name
  - a factoring company that buys the agency's invoices
  - a payroll provider
resolve: ask the agency in writing, on a number found independently, whom it sends and where its pay goes
reads: [payee, subject]
needs: [payee.holder_name, subject.agency]
weights: {elsewhere: 0, overextended: 4, hijacked: 2, stand_in: 5}
why: >
  Shell companies placed workers and took their pay; the catalogue gives a vendor whose person, payee and name do not line up a likelihood ratio of 5 (2
  to 12). One word in common, or the beginning of one, is enough to be the agency's or the person's; words that any firm bears do not count. If several
  of one agency's people are paid to that name, it is the agency's bank.
group: payee-graph
state: live
catalogue: [onboard-vendor-substitution]
attack: []
refs:
  - "US Department of Justice: press release (2025-06-30)"
*/
WITH words AS (
  SELECT company, subject_id, agency || ' ' || coalesce(folded(given_name), '') || ' ' || coalesce(folded(family_name), '') AS said FROM subject WHERE coalesce(agency, '') <> ''),
own AS (
  SELECT DISTINCT company, subject_id, split_part(translate(folded(said), '-.,/&()''’', '       '), ' ', n) AS word
  FROM words CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6), (7), (8)) AS p(n)),
account AS (SELECT company, subject_id, event_ref, valid_from, translate(folded(holder_name), '-.,/&()''’', '       ') AS holder FROM payee),
held AS (SELECT a.company, a.subject_id, a.event_ref, split_part(a.holder, ' ', p.n) AS word FROM account AS a CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6)) AS p(n)),
compared AS (
  SELECT h.company, h.subject_id, h.event_ref, bool_or(h.word = o.word OR (least(length(h.word), length(o.word)) >= 4 AND substr(h.word, 1, 4) = substr(o.word, 1, 4))) AS is_own
  FROM held AS h JOIN own AS o ON o.company = h.company AND o.subject_id = h.subject_id
  WHERE matches(h.word, '[a-z]{2}') AND matches(o.word, '[a-z]{2}')
    AND NOT matches(h.word, '^(llc|inc|ltd|limited|gmbh|corp|co|company|the|and|of|consulting|staffing|solutions|services|technologies|group|global)$')
  GROUP BY h.company, h.subject_id, h.event_ref),
spread AS (SELECT s.agency, a.holder, count(DISTINCT a.company || '/' || a.subject_id) AS people FROM account AS a JOIN subject AS s ON s.company = a.company AND s.subject_id = a.subject_id GROUP BY s.agency, a.holder)
SELECT a.company, a.subject_id, CAST(min(a.valid_from) AS TIMESTAMP) AS first_at, CAST(max(a.valid_from) AS TIMESTAMP) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value, min(a.event_ref) AS ref
FROM account AS a
JOIN compared AS c ON c.company = a.company AND c.subject_id = a.subject_id AND c.event_ref = a.event_ref
JOIN subject AS s ON s.company = a.company AND s.subject_id = a.subject_id
JOIN spread AS p ON p.agency = s.agency AND p.holder = a.holder
WHERE NOT c.is_own AND p.people < 3
GROUP BY a.company, a.subject_id
