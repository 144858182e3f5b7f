/*
id: computer_at_the_office
title: The computer itself comes to the company's office
claim: custody
basis: physical
says: "The company's computer reported from the company's own office line on {days} days in {weeks} weeks."
benign:
  - this is evidence for the worker; somebody who brings a colleague's computer to the office would look the same
resolve: none needed
reads: [sighting, value_fact, subject]
needs: [process.ip | connection.ip | peripheral.ip, value_fact.infrastructure_of, subject.work_arrangement]
weights: {elsewhere: -8, overextended: 0, hijacked: 0, stand_in: -10}
why: >
  A farm's shelf is in nobody's office: where the computer reports from the office's own line, somebody carried it past colleagues. Four weeks and more
  are asked for. Gateways and VPNs through which people at home go out are no office: of those who use the line at most one in five may work remotely.
group: met
state: live
catalogue: []
attack: []
refs:
  - "inference from how farms work: no source measures it"
*/
WITH line AS (
  SELECT f.kind, f.value, f.infrastructure_of AS company, count(DISTINCT g.subject_id) AS people, count(DISTINCT CASE WHEN coalesce(s.work_arrangement, 'remote') = 'remote' THEN g.subject_id END) AS remote
  FROM value_fact AS f
  JOIN sighting AS g ON g.kind = f.kind AND g.value = f.value AND g.company = f.infrastructure_of
  JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
  GROUP BY f.kind, f.value, f.infrastructure_of)
SELECT g.company, g.subject_id, min(g.first_at) AS first_at, max(g.last_at) AS last_at, least(1.0, count(DISTINCT g.day) / 10e0) AS strength, max_by(g.value, in_order(g.day, g.value)) AS value,
       count(DISTINCT g.day) AS days, count(DISTINCT date_trunc('week', g.day)) AS weeks, min(g.first_ref) AS ref, max(g.last_ref) AS ref_2
FROM sighting AS g JOIN line AS l ON l.kind = g.kind AND l.value = g.value AND l.company = g.company
WHERE g.via IN ('process:ip', 'connection:ip', 'peripheral:ip') AND l.remote * 5 <= l.people
GROUP BY g.company, g.subject_id HAVING count(DISTINCT date_trunc('week', g.day)) >= 4
