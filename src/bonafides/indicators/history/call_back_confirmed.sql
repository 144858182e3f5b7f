/*
id: call_back_confirmed
title: A former employer or referee confirmed the career
claim: history
basis: history
says: Somebody at the company called back a former employer or referee and had the career confirmed ({calls} times, last on {last_at}).
benign:
  - this is evidence for the worker; a confirmed career says that the papers' owner has it, not that the worker is that owner
resolve: none needed; where the number came from the applicant, repeat it with one found independently
reads: [verification]
needs: [verification.outcome]
weights: {elsewhere: 0, overextended: 0, hijacked: 0, stand_in: -4}
why: >
  An invented career does not stand a call to a number that the applicant did not give; a stolen one, or a friend at the other end, does. The catalogue gives a career that
  cannot be confirmed a likelihood ratio of 4 (2 to 10), and its opposite is worth about as much. A later call that failed takes it back.
group: history
state: live
attack: []
refs:
  - FBI PSA 240516 (2024-05-16), recommended checks
*/
WITH called AS (
  SELECT company, subject_id, occurred_at, event_ref, CASE WHEN lower(trim(outcome)) IN ('pass', 'passed') THEN 1 ELSE 0 END AS passed
  FROM verification WHERE replace(replace(lower(trim(kind)), ' ', '_'), '-', '_') IN ('call_back', 'callback')
    AND lower(trim(outcome)) IN ('pass', 'passed', 'fail', 'failed'))
SELECT company, subject_id, min(occurred_at) AS first_at, max(occurred_at) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value,
       sum(passed) AS calls, max_by(event_ref, in_order(occurred_at, event_ref)) AS ref
FROM called GROUP BY company, subject_id HAVING max_by(passed, in_order(occurred_at, event_ref)) = 1
