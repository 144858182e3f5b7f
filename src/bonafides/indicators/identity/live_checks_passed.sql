/*
id: live_checks_passed
title: Document and live check passed
claim: identity
basis: identity
says: A document and a live call or call-back were checked and passed, last on {last_at} ({checks} checks).
benign:
  - this is evidence for the worker; stolen documents and hired or altered faces pass such checks too
resolve: a check in person or by a notary says more
reads: [verification]
needs: [verification.outcome]
weights: {elsewhere: 0, overextended: 0, hijacked: 0, stand_in: -4}
why: >
  Stand-ins pass some checks on a screen, with stolen documents and somebody who resembles them, so this is modest; the two together are harder than either.
  A check failed after the last one passed takes it back.
group: identity-proof
state: live
attack: []
refs:
  - FBI PSA 250723-4 (2025-07-23), recommended checks
*/
WITH checked AS (
  SELECT company, subject_id, occurred_at, event_ref, replace(replace(lower(trim(kind)), ' ', '_'), '-', '_') AS way, lower(trim(outcome)) IN ('pass', 'passed') AS is_passed
  FROM verification)
SELECT company, subject_id, min(CASE WHEN is_passed THEN occurred_at END) AS first_at, max(CASE WHEN is_passed THEN occurred_at END) AS last_at, 1.0 AS strength,
       CAST(NULL AS VARCHAR) AS value, count_if(is_passed) AS checks, min(CASE WHEN is_passed THEN event_ref END) AS ref
FROM checked WHERE way IN ('document', 'live_video', 'call_back')
GROUP BY company, subject_id
HAVING bool_or(is_passed AND way = 'document') AND bool_or(is_passed AND way <> 'document') AND max(CASE WHEN is_passed THEN occurred_at END) >= max(occurred_at)
