/*
id: profile_reuse
title: One public profile for several people
claim: history
basis: history
says: A public profile given in the application ({value}) is also that of {others} other people at {companies} companies who go by other names.
benign:
  - an agency's or a team's page, or a portfolio made together
  - a link copied from a friend's application by mistake
  - one person who applied under an old and a new name
resolve: ask the person to change a word on the profile during a call
reads: [tie, subject]
needs: [application.profile_urls]
weights: {elsewhere: 0, overextended: 2, hijacked: 0, stand_in: 12}
why: >
  A profile with years of activity is costly to make, so it is lent to several names. It belongs to one person by its nature, as a résumé's text does, whose
  likelihood ratio of 6 (2 to 15) it is given. The tie's estimated weight scales it. Who applies in several places under one name is one person.
group: resume-graph
state: live
attack: [T1585.001]
refs:
  - FBI PSA 240516 (2024-05-16)
*/
WITH ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, value, weight, first_at, last_at, a_ref AS ref, b_ref AS ref_2
  FROM tie WHERE kind = 'profile' AND explained_by IS NULL
  UNION ALL
  SELECT b_company, b, a_company, a, value, weight, first_at, last_at, b_ref, a_ref FROM tie WHERE kind = 'profile' AND explained_by IS NULL)
SELECT e.company, e.subject_id, min(e.first_at) AS first_at, max(e.last_at) AS last_at, max(e.weight) / 12e0 AS strength,
       max_by(e.value, in_order(e.weight, e.value)) AS value, count(DISTINCT e.other_company || '/' || e.other) AS others,
       count(DISTINCT e.other_company) AS companies, min(e.ref) AS ref, min(e.ref_2) AS ref_2
FROM ends AS e
JOIN subject AS x ON x.company = e.company AND x.subject_id = e.subject_id
JOIN subject AS y ON y.company = e.other_company AND y.subject_id = e.other
WHERE coalesce(folded(x.given_name) <> folded(y.given_name) OR folded(x.family_name) <> folded(y.family_name), true)
GROUP BY e.company, e.subject_id
