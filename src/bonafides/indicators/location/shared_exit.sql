/*
id: shared_exit
title: A rare anonymising exit used together with strangers
claim: location
basis: network
says: One anonymising exit served this person and {others} other people at {companies} companies on up to {days} same days.
benign:
  - two customers of one commercial VPN who met on one of its servers
  - a VPN that an agency or client hands out
  - a family that shares one VPN subscription with an address of its own
resolve: ask which VPN is used and what for
reads: [tie, value_fact]
needs: [sign_in.ip | activity.ip | meeting.ip | process.ip | connection.ip | application.ip]
weights: {elsewhere: 2, overextended: 1, hijacked: 3, stand_in: 8}
why: >
  People of one network buy their exits together, and intruders come back through theirs; strangers of a commercial VPN meet on one server too, so the
  tie's weight, estimated from how often people met in person share exits of the same likeness, scales it. Never physical evidence.
group: vpn
state: live
attack: [T1090]
refs:
  - FBI PSA 250723-4 (2025-07-23)
*/
WITH ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, kind, value, weight, overlap_days, first_at, last_at, a_ref AS ref
  FROM tie WHERE explained_by IS NULL
  UNION ALL
  SELECT b_company, b, a_company, a, kind, value, weight, overlap_days, first_at, last_at, b_ref FROM tie WHERE explained_by IS NULL)
SELECT e.company, e.subject_id, min(e.first_at) AS first_at, max(e.last_at) AS last_at, max(e.weight) / 14e0 AS strength,
       max_by(e.value, in_order(e.weight, e.value)) AS value, max(e.overlap_days) AS days, count(DISTINCT e.other_company || '/' || e.other) AS others,
       count(DISTINCT e.other_company) AS companies, min(e.ref) AS ref
FROM ends AS e JOIN value_fact AS f ON f.kind = e.kind AND f.value = e.value
WHERE f.kind = 'ip' AND f.network IN ('proxy', 'hosting')
GROUP BY e.company, e.subject_id
