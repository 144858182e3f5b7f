/*
id: controlled_asset_unauthorised
title: Controlled material touched before the company's own check
claim: stewardship
basis: behaviour
says: "{assets} controlled assets ({what}) were touched {times} times since {first_at} by somebody {lacks}."
benign:
  - a check that was made and never entered
  - a label that covers more than it should, or access inherited from a team
  - a newcomer hired for exactly this work
resolve: ask the asset's owner whether the access was meant, and have the export officer decide; this needs looking at whatever its reason
reads: [activity, commit, asset, subject]
needs: [asset.control, activity.target | commit.repository]
weights: {elsewhere: 0, overextended: 0, hijacked: 3, stand_in: 5}
why: >
  Export-controlled data and keys to virtual currency are what the known cases took. The catalogue gives such access outside authorisation a likelihood ratio of 10 (3 to 40); it is
  taken low since permissions are wide and papers late everywhere. Only the company's own entry counts (export authorisation checked or not), only where it makes such
  entries at all, and never what a person's nationality is. Keys within a person's first 90 days count half.
group: exfil
state: live
catalogue: [exfil-export-controlled]
attack: [T1213, T1657]
refs:
  - public cases on export-controlled data (2024) and on virtual currency taken by workers (2025)
*/
WITH touched AS (
  SELECT company, subject_id, lower(trim(target)) AS target, min(occurred_at) AS first_at, max(occurred_at) AS last_at, count(*) AS times, min(event_ref) AS ref
  FROM activity GROUP BY company, subject_id, lower(trim(target))
  UNION ALL
  SELECT company, subject_id, lower(trim(repository)), min(occurred_at), max(occurred_at), count(*), min(event_ref) FROM commit GROUP BY company, subject_id, lower(trim(repository))),
guarded AS (
  SELECT company, lower(trim(asset)) AS asset, part_of(lower(trim(asset)), '([^/]+)$') AS stem, upper(trim(control)) AS control
  FROM asset WHERE matches(upper(control), '\b(ITAR|EAR)\b|WALLET|SIGNING.?KEY')),
checking AS (SELECT company FROM subject GROUP BY company HAVING bool_or(is_us_person_verified)),
met AS (
  SELECT t.company, t.subject_id, g.asset, g.control, t.times, t.first_at, t.last_at, t.ref, matches(g.control, '\b(ITAR|EAR)\b') AS is_export
  FROM touched AS t JOIN guarded AS g ON g.company = t.company AND g.stem = part_of(replace(t.target, '.git', ''), '([^/]+)$')
  JOIN subject AS s ON s.company = t.company AND s.subject_id = t.subject_id
  LEFT JOIN checking AS k ON k.company = t.company
  WHERE (g.asset = replace(t.target, '.git', '') OR g.asset NOT LIKE '%/%' OR t.target NOT LIKE '%/%')
    AND CASE WHEN matches(g.control, '\b(ITAR|EAR)\b') THEN k.company IS NOT NULL AND NOT coalesce(s.is_us_person_verified, false)
             ELSE coalesce(days_between(s.started_on, t.first_at) < 90, false) END)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, max(CASE WHEN is_export THEN 1.0 ELSE 0.5 END) AS strength,
       max_by(asset, in_order(times, asset)) AS value, count(DISTINCT asset) AS assets,
       max(control) AS what, sum(times) AS times,
       CASE WHEN bool_or(is_export) THEN 'whose export authorisation the company has not entered' ELSE 'in their first 90 days' END AS lacks, min(ref) AS ref
FROM met GROUP BY company, subject_id
