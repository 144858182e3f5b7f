/*
id: applied_from_elsewhere
title: Applied and interviewed from far away, each time
claim: location
basis: network
says: "All {times} times over {days} days the application and the interviews came from homes' lines {km} km and more from the claimed home."
benign:
  - a journey, or a stay with relatives
  - a move that the application does not tell
  - a line that the provider places in the wrong town
resolve: ask where the person will work from
reads: [sighting, subject, value_fact]
needs: [application.ip | interview.ip, value_fact.latitude, subject.latitude]
weights: {elsewhere: 4, overextended: 1, hijacked: 0, stand_in: 2}
why: >
  Guidance asks for the place of an application to be compared with the claimed home; the catalogue gives it a likelihood ratio of 2 (1.2 to 4), since
  people travel. Three times over a week and more, never from near home, on homes' lines only. The country itself does not count.
group: geo
state: live
catalogue: [apply-location-mismatch]
attack: []
refs:
  - FBI PSA 231018 (2023-10-18)
*/
SELECT g.company, g.subject_id, min(g.first_at) AS first_at, max(g.last_at) AS last_at, 1.0 AS strength, max_by(g.value, in_order(g.day, g.value)) AS value, count(*) AS times,
       days_between(min(g.first_at), max(g.last_at)) AS days, round(min(km(f.latitude, f.longitude, s.latitude, s.longitude))) AS km, min(g.first_ref) AS ref, max(g.first_ref) AS ref_2
FROM sighting AS g
JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
WHERE g.via IN ('application:ip', 'interview:ip') AND f.network = 'residential' AND f.infrastructure_of IS NULL
GROUP BY g.company, g.subject_id
HAVING min(km(f.latitude, f.longitude, s.latitude, s.longitude)) > 500 AND count(*) >= 3 AND days_between(min(g.first_at), max(g.last_at)) >= 7
