/*
id: computer_comes_back
title: The computer comes back
asks: Ask for the computer back when the engagement ends, and track the parcel.
claim: custody
needs: [device.returned_on, worker.ended_on]
refs:
  - FBI PSA 250723-4 (2025-07-23)
*/
SELECT s.company, s.subject_id, bool_and(d.returned_on IS NOT NULL) AS holds
FROM subject AS s JOIN device AS d ON d.company = s.company AND d.subject_id = s.subject_id
WHERE days_between(s.ended_on, (SELECT max(last_at) FROM subject)) > 30 GROUP BY s.company, s.subject_id
