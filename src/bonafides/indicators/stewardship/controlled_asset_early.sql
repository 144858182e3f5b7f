/*
id: controlled_asset_early
title: Controlled material within the first fortnight
claim: stewardship
basis: behaviour
says: "{asset} ({control}) was first touched {days} days after the first day of work, where others of the company came to it after {usual} days by the median."
benign:
  - a post that is about that material
  - a team that was short of hands
  - access that a manager asked for
resolve: ask the manager who asked for the access
reads: [asset, activity, subject]
needs: [asset.control, activity.target, subject.started_on]
weights: {elsewhere: 0, overextended: 0, hijacked: 1, stand_in: 1}
why: >
  Who came to take something looks for it at once; who came to work is led to it. The catalogue gives early reach 2 (1.2 to 5). Only where ten others of the company reach such things, by
  the median after sixty days.
group: exfil
state: live
catalogue: [exfil-early-tenure]
attack: []
refs:
  - FBI PSA 250123 (2025-01-23)
*/
WITH reached AS (
  SELECT a.company, a.subject_id, min_by(t.asset, in_order(a.occurred_at, t.asset)) AS asset, min_by(t.control, in_order(a.occurred_at, t.asset)) AS control, min(a.occurred_at) AS first_at,
         min(days_between(s.started_on, a.occurred_at)) AS days, min(a.event_ref) AS ref
  FROM activity AS a JOIN asset AS t ON t.company = a.company AND lower(t.asset) = lower(a.target)
  JOIN subject AS s ON s.company = a.company AND s.subject_id = a.subject_id
  WHERE t.control IS NOT NULL AND days_between(s.started_on, a.occurred_at) >= 0 GROUP BY a.company, a.subject_id),
custom AS (SELECT company, median(days) AS usual FROM reached GROUP BY company HAVING count(*) >= 10 AND median(days) >= 60)
SELECT r.company, r.subject_id, r.first_at, r.first_at AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value, r.asset, r.control, r.days, round(c.usual) AS usual, r.ref
FROM reached AS r JOIN custom AS c ON c.company = r.company
WHERE r.days <= 14
