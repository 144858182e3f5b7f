/*
id: call_back_failed
title: A former employer or referee did not confirm the career
claim: history
basis: history
says: A call back to a former employer or referee on {last_at} did not confirm what the person said.
benign:
  - an employer that was closed, bought or renamed, or that answers no such calls
  - a small company without anybody who remembers
  - a wrong number, or a name that has changed since
resolve: ask for another contact or a pay slip, and call a number found independently
reads: [verification]
needs: [verification.outcome]
weights: {elsewhere: 0, overextended: 2, hijacked: 0, stand_in: 5}
why: >
  The catalogue gives a career that cannot be confirmed a likelihood ratio of 4 (2 to 10). Whoever hides other jobs trims a career too. Honest careers fail to be confirmed for
  many reasons, so a later call that succeeds takes it back.
group: history
state: live
catalogue: [apply-employer-unverifiable]
attack: []
refs:
  - FBI PSA 240516 (2024-05-16), recommended checks
*/
WITH called AS (
  SELECT company, subject_id, occurred_at, event_ref, CASE WHEN lower(trim(outcome)) IN ('fail', 'failed') THEN 1 ELSE 0 END AS failed
  FROM verification WHERE replace(replace(lower(trim(kind)), ' ', '_'), '-', '_') IN ('call_back', 'callback')
    AND lower(trim(outcome)) IN ('pass', 'passed', 'fail', 'failed'))
SELECT company, subject_id, min(occurred_at) AS first_at, max(occurred_at) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value,
       sum(failed) AS calls, max_by(event_ref, in_order(occurred_at, event_ref)) AS ref
FROM called GROUP BY company, subject_id HAVING max_by(failed, in_order(occurred_at, event_ref)) = 1
