/*
id: shared_peripheral
title: One attached thing on several people's computers
claim: custody
basis: physical
says: "The thing with this serial number was attached to this person's company computer and to those of {others} other people at {companies} companies."
benign:
  - a couple or flatmates who share a monitor, a dock or a stick
  - docks and monitors of a coworking space or a hot desk
  - a maker who numbers a whole batch alike
resolve: ask to show the computer and everything attached to it in a live call
reads: [tie]
needs: [peripheral.serial]
weights: {elsewhere: 1, overextended: 3, hijacked: 0, stand_in: 14}
why: >
  What hangs on one shelf of a farm is moved from one computer to the next: one monitor, one switch, one stick. Two employers' computers that saw the same serial number
  stood in one room. The catalogue gives a monitor seen on several computers 30 (10 to 80); homes and offices share things too, so the tie's estimated weight scales it.
group: attached
state: live
catalogue: [work-ipkvm-edid]
attack: [T1200]
refs:
  - product source code of devices (serial numbers), 2025 and 2026
*/
WITH ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, value, weight, first_at, last_at, a_ref AS ref
  FROM tie WHERE kind = 'peripheral_serial' AND explained_by IS NULL
  UNION ALL
  SELECT b_company, b, a_company, a, value, weight, first_at, last_at, b_ref FROM tie WHERE kind = 'peripheral_serial' AND explained_by IS NULL)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, max(weight) / 14e0 AS strength, max_by(value, in_order(weight, value)) AS value,
       count(DISTINCT other_company || '/' || other) AS others, count(DISTINCT other_company) AS companies, min(ref) AS ref
FROM ends GROUP BY company, subject_id
