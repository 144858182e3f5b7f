/*
id: shared_home_line
title: One home line for people who claim different homes
claim: custody
basis: physical
says: One line served this person and {others} other people at {companies} companies on up to {days} same days, though their claimed homes are different ones.
benign:
  - partners or flatmates of whom one has not told HR the new address
  - a coworking space, campus, hotel or conference
  - a carrier that puts many customers behind one address
resolve: ask to show the company's computer and its serial number in a live call
reads: [tie, value_fact]
needs: [sign_in.ip | activity.ip | meeting.ip | process.ip | connection.ip | application.ip]
weights: {elsewhere: 2, overextended: 2, hijacked: 0, stand_in: 22}
why: >
  A laptop farm must use its own line, and holds computers of people whose papers say that they live elsewhere; the catalogue gives
  a line shared by several workers a likelihood ratio of 15 to 20 (4 to 60). The tie's estimated weight scales it. Exits that strangers
  share by design are no home lines and are asked about apart (shared_exit).
group: lan-cohabitation
state: live
catalogue: [onboard-second-worker-same-farm, work-shared-egress-portfolio, work-foreign-corp-neighbours]
attack: [T1219]
refs:
  - sentencing papers on a farm of over 90 computers, by press (2025)
  - FBI PSA 240516 (2024-05-16)
*/
WITH ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, kind, value, weight, overlap_days, first_at, last_at, a_ref AS ref
  FROM tie WHERE explained_by IS NULL
  UNION ALL
  SELECT b_company, b, a_company, a, kind, value, weight, overlap_days, first_at, last_at, b_ref FROM tie WHERE explained_by IS NULL)
SELECT e.company, e.subject_id, min(e.first_at) AS first_at, max(e.last_at) AS last_at, max(e.weight) / 22e0 AS strength,
       max_by(e.value, in_order(e.weight, e.value)) AS value, max(e.overlap_days) AS days, count(DISTINCT e.other_company || '/' || e.other) AS others,
       count(DISTINCT e.other_company) AS companies, min(e.ref) AS ref
FROM ends AS e LEFT JOIN value_fact AS f ON f.kind = e.kind AND f.value = e.value
WHERE e.kind = 'ip' AND coalesce(f.network, 'residential') IN ('residential', 'business')
GROUP BY e.company, e.subject_id
