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
weights: {elsewhere: 0, overextended: 0, hijacked: 0, stand_in: -20}
why: >
  The scheme works because nobody is met; a stand-in can pass a check in person only by sending somebody who resembles the papers, which happens,
  seldom. Being met says nothing about undisclosed places or jobs.
group: met
state: live
attack: []
refs:
  - FBI PSA 250723-4 (2025-07-23), recommended checks
*/
SELECT company, subject_id, min(occurred_at) AS first_at, max(occurred_at) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value,
       count(*) AS checks, min(event_ref) AS ref
FROM verification
WHERE replace(replace(lower(trim(kind)), ' ', '_'), '-', '_') IN ('in_person', 'notary', 'badge') AND lower(trim(outcome)) IN ('pass', 'passed')
GROUP BY company, subject_id
