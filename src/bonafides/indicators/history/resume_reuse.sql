/*
id: resume_reuse
title: The same career under another name
claim: history
basis: history
says: The résumé is word for word, for more than half of its length, that of {others} other people at {companies} companies who go by other names.
benign:
  - a résumé writer or agency who describes the same job in the same words
  - a published sample or an assistant's text that many copied
  - one person who applied under an old and a new name
resolve: talk through two projects of the résumé in detail, and call the former employers on numbers found independently
reads: [tie, subject]
needs: [application.resume_text]
weights: {elsewhere: 0, overextended: 1, hijacked: 0, stand_in: 12}
why: >
  Many names are kept up by few hands, from one pool of careers. The catalogue gives a near copy a likelihood ratio of 6 (2 to 15): what is done and where is
  compared, never style or layout. The tie's estimated weight scales it. Who applies in several places under one name is one person and no copy.
group: resume-graph
state: live
catalogue: [apply-resume-near-duplicate]
attack: [T1585]
refs:
  - joint advisory on IT workers of State, Treasury and FBI (2022-05-16)
*/
WITH ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, value, weight, first_at, last_at, a_ref AS ref, b_ref AS ref_2
  FROM tie WHERE kind = 'resume' AND explained_by IS NULL
  UNION ALL
  SELECT b_company, b, a_company, a, value, weight, first_at, last_at, b_ref, a_ref FROM tie WHERE kind = 'resume' AND explained_by IS NULL)
SELECT e.company, e.subject_id, min(e.first_at) AS first_at, max(e.last_at) AS last_at, max(e.weight) / 12e0 AS strength,
       max_by(e.value, in_order(e.weight, e.value)) AS value, count(DISTINCT e.other_company || '/' || e.other) AS others,
       count(DISTINCT e.other_company) AS companies, min(e.ref) AS ref, min(e.ref_2) AS ref_2
FROM ends AS e
JOIN subject AS x ON x.company = e.company AND x.subject_id = e.subject_id
JOIN subject AS y ON y.company = e.other_company AND y.subject_id = e.other
WHERE coalesce(folded(x.given_name) <> folded(y.given_name) OR folded(x.family_name) <> folded(y.family_name), true)
GROUP BY e.company, e.subject_id
