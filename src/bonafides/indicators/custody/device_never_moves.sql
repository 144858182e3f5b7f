/*
id: device_never_moves
title: A hybrid worker's computer never comes to the office
claim: custody
basis: behaviour
says: "In {days} days of reports the company's computer was never at the office, where {come} of {people} hybrid colleagues bring theirs."
benign:
  - a person who may stay at home though HR says hybrid
  - a second computer that stays at the office
  - an office whose line the company does not know as its own
resolve: ask when the person last was at the office, and who saw them
reads: [sighting, subject, value_fact]
needs: [process.ip | connection.ip | peripheral.ip, subject.work_arrangement, value_fact.infrastructure_of]
weights: {elsewhere: 2, overextended: 1, hijacked: 0, stand_in: 2}
why: >
  A computer on a farm's shelf cannot come along; the catalogue gives it a likelihood ratio of 1.4 (1 to 2.5) unless the worker claims to move, which
  hybrid work does. Arrangements that HR did not follow are common, so it stays a hint. At least half of five hybrid colleagues must be seen at the
  company's own lines, else it is the company's custom.
group: geo
state: live
catalogue: [work-device-never-moves]
attack: []
refs:
  - "inference from how farms work: no source measures it"
*/
WITH seen AS (
  SELECT g.company, g.subject_id, count(DISTINCT g.day) AS days, count(f.infrastructure_of) AS at_office, min(g.first_at) AS first_at, max(g.last_at) AS last_at, min(g.first_ref) AS ref
  FROM sighting AS g
  JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
  LEFT JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
  WHERE g.via IN ('process:ip', 'connection:ip', 'peripheral:ip') AND s.work_arrangement = 'hybrid' GROUP BY g.company, g.subject_id),
usual AS (SELECT company, count(*) AS people, count_if(at_office > 0) AS come FROM seen GROUP BY company)
SELECT p.company, p.subject_id, p.first_at, p.last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value, p.days, u.come, u.people, p.ref
FROM seen AS p JOIN usual AS u ON u.company = p.company
WHERE p.days >= 45 AND p.at_office = 0 AND u.people >= 5 AND u.come * 2 >= u.people
