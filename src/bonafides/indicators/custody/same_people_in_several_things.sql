/*
id: same_people_in_several_things
title: The same strangers share several kinds of things
claim: custody
basis: network
says: "With {others} other people, at {companies} companies, this person shares things of {families} kinds that have nothing to do with one another."
benign:
  - a couple or family whose homes are written in two ways
  - people of an agency that nobody declared
  - friends who moved in together and bank together
resolve: ask to show the company's computer in a live call, and have the bank confirm the account's owner
reads: [tie, subject]
needs: [worker.street | payee.account_token | shipment.street]
weights: {elsewhere: 0, overextended: 1, hijacked: 0, stand_in: 4}
why: >
  One shared thing is a coincidence; a facilitator's hand shows in several: door, account, telephone, line. The catalogue gives a person or place that
  recurs in two kinds of records for three people a likelihood ratio of 15 (5 to 50). Each shared thing weighs on its own already, so this adds only
  what their meeting adds. Ties that something innocent explains do not count.
group: network
state: live
catalogue: [network-facilitator-pattern, network-shared-infra-cluster]
attack: [T1657]
refs:
  - "US Department of Justice: press releases on facilitators (2024 to 2025)"
*/
WITH ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, family, weight, value, first_at, last_at, a_ref AS ref FROM tie WHERE explained_by IS NULL
  UNION ALL SELECT b_company, b, a_company, a, family, weight, value, first_at, last_at, b_ref FROM tie WHERE explained_by IS NULL),
pair AS (
  SELECT e.company, e.subject_id, e.other_company, e.other, count(DISTINCT e.family) AS families, min(e.first_at) AS first_at, max(e.last_at) AS last_at, min(e.ref) AS ref,
         max_by(e.value, in_order(e.weight, e.value)) AS value
  FROM ends AS e WHERE e.weight >= 5 GROUP BY e.company, e.subject_id, e.other_company, e.other)
SELECT p.company, p.subject_id, min(p.first_at) AS first_at, max(p.last_at) AS last_at, least(1.0, count(*) / 4e0) AS strength, max(p.value) AS value, count(DISTINCT coalesce(s.person, p.other_company || '/' || p.other)) AS others,
       count(DISTINCT p.other_company) AS companies, max(p.families) AS families, min(p.ref) AS ref
FROM pair AS p JOIN subject AS s ON s.company = p.other_company AND s.subject_id = p.other
WHERE p.families >= 2 GROUP BY p.company, p.subject_id HAVING count(DISTINCT coalesce(s.person, p.other_company || '/' || p.other)) >= 2
