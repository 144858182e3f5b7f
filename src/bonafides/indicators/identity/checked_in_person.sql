/*
id: checked_in_person
title: Somebody at the company met the person
claim: identity
basis: identity
says: The person passed a check in person, by a notary or by badge ({checks} times, last on {last_at}).
benign:
  - this is evidence for the worker; a facilitator who attends in the worker's place would defeat it
resolve: repeat the check with a document
reads: [verification]
needs: [verification.outcome]
weights: {elsewhere: 0, overextended: 0, hijacked: 0, stand_in: -16}
why: >
  The scheme works because nobody is met; a stand-in can pass a check in person only by sending somebody who resembles the papers, which happens in one or two of a
  hundred, where half of all others are met: one fortieth. Being met says nothing about undisclosed places or jobs. A meeting failed after the last one passed takes the credit
  back; a door that stayed shut does not.
group: met
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
FROM checked
WHERE way IN ('in_person', 'notary') OR (way = 'badge' AND is_passed)
GROUP BY company, subject_id
HAVING max(CASE WHEN is_passed THEN occurred_at END) >= max(occurred_at)
