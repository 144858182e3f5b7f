/*
id: guarded_assets_after_check
title: Guarded assets only after a live check
asks: Give access to guarded assets only to people whose identity was checked live.
claim: stewardship
needs: [asset.control, activity.target, verification.kind]
refs:
  - FBI PSA 250723-4 (2025-07-23)
  - US Departments of State, the Treasury and Justice, advisory (2022-05-16)
*/
WITH touched AS (
  SELECT a.company, a.subject_id, min(a.occurred_at) AS first_at
  FROM activity AS a JOIN asset AS t ON t.company = a.company AND lower(t.asset) = lower(a.target)
  WHERE t.control IS NOT NULL GROUP BY a.company, a.subject_id)
SELECT t.company, t.subject_id, coalesce(bool_or(lower(v.outcome) = 'pass' AND v.occurred_at <= t.first_at), false) AS holds
FROM touched AS t LEFT JOIN verification AS v ON v.company = t.company AND v.subject_id = t.subject_id AND lower(v.kind) IN ('in_person', 'notary', 'live_video', 'badge')
GROUP BY t.company, t.subject_id
