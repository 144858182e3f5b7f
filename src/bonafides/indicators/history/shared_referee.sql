/*
id: shared_referee
title: One referee speaks for several people
claim: history
basis: history
says: A contact given as referee is also the referee of {others} other people at {companies} companies.
benign:
  - former colleagues who name the same lead
  - a teacher, careers office or former employer's personnel department
  - one person who applied in several places
resolve: call the former employer on a number found independently, and ask for the referee there
reads: [tie, sighting, subject]
needs: [application.reference_phones | application.reference_emails]
weights: {elsewhere: 0, overextended: 1, hijacked: 0, stand_in: 9}
why: >
  Somebody has to answer the telephone for every invented career, and a network has few such people. Former colleagues share referees too, so the catalogue's likelihood
  ratios of 7 (3 to 20) and 5 (2 to 15) are taken low, and the tie's estimated weight decides how much of it is left.
group: history
state: live
catalogue: [work-referral-cluster]
attack: [T1589]
refs:
  - vendor report on referees shared by several applicants (2025)
*/
WITH named AS (
  SELECT DISTINCT company, subject_id, kind, value FROM sighting WHERE via IN ('application:reference_phones', 'application:reference_emails')),
ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, kind, value, weight, first_at, last_at, a_ref AS ref, b_ref AS ref_2
  FROM tie WHERE explained_by IS NULL
  UNION ALL
  SELECT b_company, b, a_company, a, kind, value, weight, first_at, last_at, b_ref, a_ref FROM tie WHERE explained_by IS NULL)
SELECT e.company, e.subject_id, min(e.first_at) AS first_at, max(e.last_at) AS last_at, max(e.weight) / 9e0 AS strength,
       max_by(e.value, in_order(e.weight, e.value)) AS value, count(DISTINCT e.other_company || '/' || e.other) AS others,
       count(DISTINCT e.other_company) AS companies, min(e.ref) AS ref, min(e.ref_2) AS ref_2
FROM ends AS e
JOIN named AS n ON n.company = e.company AND n.subject_id = e.subject_id AND n.kind = e.kind AND n.value = e.value
JOIN named AS o ON o.company = e.other_company AND o.subject_id = e.other AND o.kind = e.kind AND o.value = e.value
JOIN subject AS x ON x.company = e.company AND x.subject_id = e.subject_id
JOIN subject AS y ON y.company = e.other_company AND y.subject_id = e.other
WHERE coalesce(folded(x.given_name) <> folded(y.given_name) OR folded(x.family_name) <> folded(y.family_name), true)
GROUP BY e.company, e.subject_id
