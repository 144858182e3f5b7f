/*
id: access_ends_with_work
title: Access ends with the engagement
asks: Close every account on the last day.
claim: stewardship
needs: [sign_in.actor_email, worker.ended_on]
refs:
  - FBI PSA 250723-4 (2025-07-23)
*/
SELECT s.company, s.subject_id, coalesce(max(CASE WHEN lower(i.outcome) = 'success' THEN days_between(s.ended_on, i.occurred_at) END), 0) <= 1 AS holds
FROM subject AS s LEFT JOIN sign_in AS i ON i.company = s.company AND i.subject_id = s.subject_id AND i.outcome IS NOT NULL
WHERE days_between(s.ended_on, (SELECT max(last_at) FROM subject)) > 1 GROUP BY s.company, s.subject_id, s.ended_on
