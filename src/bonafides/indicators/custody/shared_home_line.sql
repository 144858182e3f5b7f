/*
id: shared_home_line
title: One home line for people who claim different homes
claim: custody
basis: physical
says: For {days} days the company's accounts were used over one line together with {others} other people at {companies} companies who claim other homes.
benign:
  - partners or flatmates of whom one has not told HR the new address
  - a coworking space, campus, hotel or conference
  - a commercial VPN or a carrier that puts many customers behind one address
resolve: ask to show the company's computer and its serial number in a live call
reads: [tie]
needs: [sign_in.ip | activity.ip | meeting.ip | process.ip | connection.ip]
weights: {elsewhere: 2, overextended: 2, hijacked: 0, stand_in: 14}
why: >
  A laptop farm must use its own line, and holds computers of people whose papers say that they live elsewhere; the catalogue gives
  a line shared by several workers a likelihood ratio of 15 to 20 (4 to 60). The tie's estimated weight scales it.
group: lan-cohabitation
state: live
attack: [T1219]
refs:
  - sentencing papers on a farm of over 90 computers, by press (2025)
  - FBI PSA 240516 (2024-05-16)
*/
WITH ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, value, weight, overlap_days, first_at, last_at, a_ref AS ref
  FROM tie WHERE kind = 'ip' AND explained_by IS NULL
  UNION ALL
  SELECT b_company, b, a_company, a, value, weight, overlap_days, first_at, last_at, b_ref FROM tie WHERE kind = 'ip' AND explained_by IS NULL)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, max(weight) / 14.0 AS strength, max_by(value, in_order(weight, value)) AS value,
       max(overlap_days) AS days, count(DISTINCT other_company || '/' || other) AS others, count(DISTINCT other_company) AS companies, min(ref) AS ref
FROM ends GROUP BY company, subject_id
