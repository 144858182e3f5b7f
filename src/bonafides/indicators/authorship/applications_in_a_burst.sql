/*
id: applications_in_a_burst
title: One line sends applications of many people in a day
claim: authorship
basis: network
says: "On {first_at} applications of {people} different people came from this one line."
benign:
  - a course, a library or a shelter where people apply together
  - an agency that is not declared
  - a program that applies for many customers
resolve: ask in a live call how and where the person applied
reads: [sighting, subject, value_fact]
needs: [application.ip]
weights: {elsewhere: 0, overextended: 2, hijacked: 0, stand_in: 4}
why: >
  One cluster was seen to send sixty applications in a day; the catalogue gives five people and more of one source within a day a likelihood ratio of 6
  (2 to 20), less since programs apply for many. Companies', carriers' and schools' lines and declared agencies do not count.
group: lan-cohabitation
state: live
catalogue: [apply-burst-and-api]
attack: [T1589]
refs:
  - Recorded Future on PurpleDelta (2026-08-18)
*/
WITH seen AS (
  SELECT g.company, g.subject_id, g.value, g.day, g.first_at, g.first_ref, coalesce(s.person, s.company || '/' || s.subject_id) AS who
  FROM sighting AS g
  JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
  LEFT JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
  WHERE g.via = 'application:ip' AND coalesce(s.agency, '') = '' AND f.infrastructure_of IS NULL AND coalesce(f.network, 'residential') NOT IN ('education', 'business', 'mobile')),
burst AS (SELECT value, day, count(DISTINCT who) AS people FROM seen GROUP BY value, day)
SELECT s.company, s.subject_id, min(s.first_at) AS first_at, max(s.first_at) AS last_at, least(1.0, max(b.people) / 10e0) AS strength, max_by(s.value, in_order(b.people, s.value)) AS value,
       max(b.people) AS people, min(s.first_ref) AS ref
FROM seen AS s JOIN burst AS b ON b.value = s.value AND b.day = s.day WHERE b.people >= 5 GROUP BY s.company, s.subject_id
