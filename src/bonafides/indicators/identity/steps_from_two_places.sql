/*
id: steps_from_two_places
title: Interviews from one place, papers from another
claim: identity
basis: network
says: "The interviews came from homes' lines {km} km and more from those of the application and of the factors enrolled in the same weeks."
benign:
  - a journey between application and interview
  - a partner's or parent's computer
  - a line that the provider places in the wrong town
resolve: repeat the step in a live call
reads: [sighting, value_fact]
needs: [interview.ip, application.ip | credential.ip, value_fact.latitude]
weights: {elsewhere: 1, overextended: 2, hijacked: 1, stand_in: 5}
why: >
  One talks, another does what is bound to an identity; two pleas of 2025 told of such steps, and the catalogue gives the split a likelihood ratio of 7
  (2 to 20). Only homes' lines, 300 km and more for every pair within 45 days, and two interviews, so that one journey stays quiet.
group: identity-proof
state: live
catalogue: [onboard-third-party-does-step]
attack: []
refs:
  - "US Department of Justice: press release (2025-11-14)"
*/
WITH placed AS (
  SELECT g.company, g.subject_id, g.via = 'interview:ip' AS is_interview, g.day, g.value, g.first_at, g.last_at, g.first_ref, f.latitude, f.longitude
  FROM sighting AS g JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
  WHERE g.via IN ('interview:ip', 'application:ip', 'credential:ip') AND f.network = 'residential' AND f.infrastructure_of IS NULL),
compared AS (
  SELECT x.company, x.subject_id, x.day, x.value, least(x.first_at, y.first_at) AS first_at, greatest(x.last_at, y.last_at) AS last_at, x.first_ref AS ref, y.first_ref AS ref_2,
         km(x.latitude, x.longitude, y.latitude, y.longitude) AS away
  FROM placed AS x JOIN placed AS y ON y.company = x.company AND y.subject_id = x.subject_id AND abs(days_between(x.day, y.day)) <= 45
  WHERE x.is_interview AND NOT y.is_interview)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, 1.0 AS strength, max_by(value, in_order(away, value)) AS value, round(min(away)) AS km, min(ref) AS ref, min(ref_2) AS ref_2
FROM compared GROUP BY company, subject_id HAVING min(away) > 300 AND count(DISTINCT day) >= 2
