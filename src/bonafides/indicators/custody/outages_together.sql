/*
id: outages_together
title: Computers of strangers fall silent and come back at the same minutes
claim: custody
basis: network
says: "{times} times this computer and {others} other people's fell silent and came back within the same four minutes, which is most of the breaks that it had."
benign:
  - a power cut or a failing provider in one town
  - updates that one management service pushes to all computers
  - flatmates whose homes are written in two ways
resolve: compare with the public lists of outages, and ask to show the computer in a live call
reads: [process, connection, subject]
needs: [process.occurred_at | connection.occurred_at]
weights: {elsewhere: 2, overextended: 1, hijacked: 0, stand_in: 7}
why: >
  Computers in one room share the power and the router, whatever lines they go out by; the catalogue gives it a likelihood ratio of 7 (2 to 30). Only
  computers that report every few minutes can tell. Breaks of ten minutes to six hours count, nights do not; two computers must share five breaks and
  half of all that the steadier one had, which chance does not bring; what more than a hundredth of the computers share is an update or a town. One
  claimed home explains it.
group: lan-cohabitation
state: live
catalogue: [work-simultaneous-outage]
attack: []
refs:
  - "inference from co-location: no public source measures it"
*/
WITH event AS (
  SELECT company, subject_id, occurred_at, event_ref FROM process
  UNION ALL SELECT company, subject_id, occurred_at, event_ref FROM connection),
step AS (
  SELECT company, subject_id, lag(occurred_at) OVER (PARTITION BY company, subject_id ORDER BY occurred_at, event_ref) AS from_at, occurred_at AS until_at, event_ref AS ref FROM event),
dense AS (
  SELECT company, subject_id FROM step GROUP BY company, subject_id HAVING count(*) >= 100 AND median(minutes_between(from_at, until_at)) <= 5),
gap AS (
  SELECT s.company, s.subject_id, s.from_at, s.until_at, s.ref, CAST(floor(seconds_of(s.from_at) / 240) AS BIGINT) AS from_slot, CAST(floor(seconds_of(s.until_at) / 240) AS BIGINT) AS until_slot
  FROM step AS s JOIN dense AS d ON d.company = s.company AND d.subject_id = s.subject_id WHERE minutes_between(s.from_at, s.until_at) BETWEEN 10 AND 360),
own AS (SELECT company, subject_id, count(*) AS gaps FROM gap GROUP BY company, subject_id),
few AS (SELECT from_slot, until_slot, count(DISTINCT company || '/' || subject_id) AS people FROM gap GROUP BY from_slot, until_slot),
watched AS (SELECT count(*) AS people FROM dense),
met AS (
  SELECT x.company, x.subject_id, y.company AS other_company, y.subject_id AS other, count(DISTINCT x.from_slot) AS times, min(x.from_at) AS first_at, max(x.until_at) AS last_at, min(x.ref) AS ref, min(y.ref) AS ref_2
  FROM gap AS x JOIN watched AS n ON true JOIN few AS w ON w.from_slot = x.from_slot AND w.until_slot = x.until_slot AND w.people <= greatest(8, 0.01 * n.people)
  JOIN gap AS y ON y.from_slot = x.from_slot AND y.until_slot = x.until_slot AND (y.company, y.subject_id) <> (x.company, x.subject_id)
  GROUP BY x.company, x.subject_id, y.company, y.subject_id)
SELECT m.company, m.subject_id, min(m.first_at) AS first_at, max(m.last_at) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value, max(m.times) AS times, count(*) AS others, min(m.ref) AS ref, min(m.ref_2) AS ref_2
FROM met AS m
JOIN own AS o ON o.company = m.company AND o.subject_id = m.subject_id
JOIN own AS p ON p.company = m.other_company AND p.subject_id = m.other
JOIN subject AS s ON s.company = m.company AND s.subject_id = m.subject_id
JOIN subject AS t ON t.company = m.other_company AND t.subject_id = m.other
WHERE m.times >= 5 AND m.times * 2 >= least(o.gaps, p.gaps) AND coalesce(s.person <> t.person, true) AND coalesce(s.address <> t.address, true)
GROUP BY m.company, m.subject_id
