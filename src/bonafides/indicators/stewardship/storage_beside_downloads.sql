/*
id: storage_beside_downloads
title: A storage device on the days of large downloads
claim: stewardship
basis: behaviour
says: "On {days} days a storage device was plugged in when {gigabytes} gigabytes were moved within a day of it; {alike} of {people} people of the company plug in any."
benign:
  - a backup, a presentation, pictures from a camera
  - a firmware stick of somebody who builds devices
  - the storage that a telephone shows when it charges
resolve: ask what was copied, and where the device is
reads: [peripheral, activity]
needs: [peripheral.interface_classes, activity.moved_bytes]
weights: {elsewhere: 0, overextended: 0, hijacked: 1, stand_in: 3}
why: >
  The oldest way out; the catalogue gives it a likelihood ratio of 3 (1.5 to 8). A gigabyte and more within a day of it is asked for, and that fewer
  than a tenth of the company's twenty people and more plug in storage at all.
group: exfil
state: live
catalogue: [exfil-removable-storage]
attack: [T1052.001]
refs:
  - Elastic's published detection of first-seen storage (2025)
*/
WITH plugged AS (
  SELECT DISTINCT company, subject_id, CAST(occurred_at AS DATE) AS day, event_ref, occurred_at FROM peripheral WHERE matches(interface_classes, '(^|;)08')),
people AS (SELECT company, count(DISTINCT subject_id) AS people FROM peripheral GROUP BY company),
usual AS (SELECT company, count(DISTINCT subject_id) AS alike FROM plugged GROUP BY company),
moved AS (SELECT company, subject_id, CAST(occurred_at AS DATE) AS day, sum(moved_bytes) AS moved_bytes FROM activity GROUP BY company, subject_id, CAST(occurred_at AS DATE))
SELECT x.company, x.subject_id, min(x.occurred_at) AS first_at, max(x.occurred_at) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value, count(DISTINCT x.day) AS days,
       rounded(max(m.moved_bytes) / 1e9, 1) AS gigabytes, max(u.alike) AS alike, max(p.people) AS people, min(x.event_ref) AS ref
FROM plugged AS x
JOIN people AS p ON p.company = x.company
JOIN usual AS u ON u.company = x.company
JOIN moved AS m ON m.company = x.company AND m.subject_id = x.subject_id AND abs(days_between(x.day, m.day)) <= 1
WHERE m.moved_bytes >= 1000000000 AND p.people >= 20 AND u.alike * 10 < p.people
GROUP BY x.company, x.subject_id
