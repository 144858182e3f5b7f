/*
id: reference_call_back
title: Former employers called back
asks: Call former employers and referees back by a way that the applicant did not give.
claim: history
needs: [verification.kind]
refs:
  - US Departments of State, the Treasury and Justice, advisory (2022-05-16)
  - FBI PSA 250723-4 (2025-07-23)
*/
SELECT s.company, s.subject_id, coalesce(bool_or(lower(v.kind) = 'call_back'), false) AS holds
FROM subject AS s LEFT JOIN verification AS v ON v.company = s.company AND v.subject_id = s.subject_id
WHERE s.subject_kind = 'worker' GROUP BY s.company, s.subject_id
