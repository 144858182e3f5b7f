/*
id: referee_is_applicant
title: The referee is a worker or applicant elsewhere
claim: history
basis: history
says: "{others} people given as referees are themselves known at {companies} other companies by the same contact{how}."
benign:
  - former colleagues who have gone to different companies, the usual case
  - two people laid off together who speak for each other
  - a freelancer who names a partner
resolve: call the former employer on a number found independently, and ask for the referee there
reads: [tie, sighting, subject]
needs: [application.reference_phones | application.reference_emails]
weights: {elsewhere: 0, overextended: 0, hijacked: 0, stand_in: 5}
why: >
  Names of one network speak for one another, and the contact that answers is another name's own. Colleagues who part do the same, once; so the tie's estimated weight
  scales it, and it counts in full only where each is the other's referee, a little over half otherwise. The catalogue gives references from the candidate's
  own network a likelihood ratio of 7 (3 to 20), taken low.
group: history
state: live
catalogue: [interview-reference-network]
attack: [T1589]
refs:
  - vendor report on invented people who vouch for each other (2025)
*/
WITH named AS (
  SELECT DISTINCT company, subject_id, kind, value FROM sighting WHERE via IN ('application:reference_phones', 'application:reference_emails')),
own AS (
  SELECT DISTINCT company, subject_id, kind, value FROM sighting
  WHERE via IN ('worker:phone', 'worker:personal_email', 'application:phone', 'application:email', 'credential:phone', 'credential:email')),
ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, kind, value, weight, first_at, last_at, a_ref AS ref, b_ref AS ref_2
  FROM tie WHERE explained_by IS NULL
  UNION ALL
  SELECT b_company, b, a_company, a, kind, value, weight, first_at, last_at, b_ref, a_ref FROM tie WHERE explained_by IS NULL),
vouched AS (
  SELECT e.* FROM ends AS e
  JOIN named AS n ON n.company = e.company AND n.subject_id = e.subject_id AND n.kind = e.kind AND n.value = e.value
  JOIN own AS o ON o.company = e.other_company AND o.subject_id = e.other AND o.kind = e.kind AND o.value = e.value
  JOIN subject AS x ON x.company = e.company AND x.subject_id = e.subject_id
  JOIN subject AS y ON y.company = e.other_company AND y.subject_id = e.other
  WHERE e.company <> e.other_company
    AND coalesce(folded(x.given_name) <> folded(y.given_name) OR folded(x.family_name) <> folded(y.family_name), true)),
back AS (SELECT DISTINCT company, subject_id, other_company, other FROM vouched)
SELECT v.company, v.subject_id, min(v.first_at) AS first_at, max(v.last_at) AS last_at,
       max(v.weight / 5e0 * CASE WHEN b.other IS NULL THEN 0.6 ELSE 1.0 END) AS strength, max_by(v.value, in_order(v.weight, v.value)) AS value,
       count(DISTINCT v.other_company || '/' || v.other) AS others, count(DISTINCT v.other_company) AS companies,
       CASE WHEN count(b.other) > 0 THEN ', and name this person as theirs' ELSE '' END AS how, min(v.ref) AS ref, min(v.ref_2) AS ref_2
FROM vouched AS v
LEFT JOIN back AS b ON b.company = v.other_company AND b.subject_id = v.other AND b.other_company = v.company AND b.other = v.subject_id
GROUP BY v.company, v.subject_id
