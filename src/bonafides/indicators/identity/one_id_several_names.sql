/*
id: one_id_several_names
title: One government id under wholly different names
claim: identity
basis: identity
says: "The same government id was given at {companies} other companies by somebody of whose given and family names no word fits this person's."
benign:
  - a number mistyped at one of the companies
  - a change of both names, by marriage, adoption or transition, that one company knows and the other does not
  - the rightful owner of an id that somebody else misuses
resolve: have the issuer or a notary check the document, at both companies and in confidence
reads: [subject, worker]
needs: [worker.government_id_token, worker.family_name]
weights: {elsewhere: 0, overextended: 1, hijacked: 0, stand_in: 8}
why: >
  An id that serves two different people belongs to one of them at most. Names are compared word by word, former names included: one word in common, a cut or near
  spelling of one (a letter in four, two in seven) or given and family name exchanged is one person. The catalogue gives mismatches of identity
  likelihood ratios of 6 to 25; either side may be the rightful one, so the low side is taken. A token that more than three further names bear stands for
  no number at all. Birth dates are not read: day and month exchanged are usual, and the column is never scored.
group: identity-proof
state: live
catalogue: [onboard-ssn-or-right-to-work-mismatch]
attack: [T1656]
refs:
  - FBI PSA 240516 (2024-05-16)
*/
WITH papers AS (SELECT DISTINCT company, subject_id FROM worker WHERE government_id_token IS NOT NULL),
word AS (
  SELECT DISTINCT w.company, w.subject_id, s.person, split_part(translate(folded(coalesce(w.given_name, '') || ' ' || coalesce(w.family_name, '')), '-.,/&()''’', '       '), ' ', p.n) AS word
  FROM worker AS w JOIN subject AS s ON s.company = w.company AND s.subject_id = w.subject_id
  -- Who is known as one person by other things gave no id that could be another's.
  JOIN papers AS g ON g.company = w.company AND g.subject_id = w.subject_id CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6)) AS p(n)),
pair AS (
  SELECT a.company, a.subject_id, a.person, b.company AS other_company, b.subject_id AS other,
         bool_or(a.word = b.word
                 OR (least(length(a.word), length(b.word)) >= 4 AND (substr(a.word, 1, length(b.word)) = b.word OR substr(b.word, 1, length(a.word)) = a.word))
                 OR levenshtein(a.word, b.word) <= CASE WHEN least(length(a.word), length(b.word)) >= 7 THEN 2 WHEN least(length(a.word), length(b.word)) >= 4 THEN 1 ELSE 0 END) AS is_one
  FROM word AS a JOIN word AS b ON b.person = a.person AND NOT (b.company = a.company AND b.subject_id = a.subject_id)
  -- What is not written in Latin letters on both sides cannot be compared.
  WHERE matches(a.word, '[a-z]{2}') AND matches(b.word, '[a-z]{2}')
  GROUP BY a.company, a.subject_id, a.person, b.company, b.subject_id)
SELECT p.company, p.subject_id, s.first_at, s.last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value, count(DISTINCT p.other_company) AS companies,
       min(w.event_ref) AS ref
FROM pair AS p
JOIN subject AS s ON s.company = p.company AND s.subject_id = p.subject_id
JOIN worker AS w ON w.company = p.company AND w.subject_id = p.subject_id
WHERE NOT p.is_one
GROUP BY p.company, p.subject_id, s.first_at, s.last_at HAVING count(DISTINCT p.other_company || '/' || p.other) <= 3
