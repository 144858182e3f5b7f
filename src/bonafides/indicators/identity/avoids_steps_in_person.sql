/*
id: avoids_steps_in_person
title: No step in person ever came about
claim: identity
basis: identity
says: "{times} steps in person were set between {first_at} and {last_at}, and none was passed."
benign:
  - no place to be checked within reach
  - care, illness, disability or faith
  - appointments that the company moved
resolve: offer two places, or somebody authorised who comes to the person, and write down what is agreed
reads: [verification]
needs: [verification.kind]
weights: {elsewhere: 4, overextended: 2, hijacked: 0, stand_in: 4}
why: >
  A stand-in cannot come; the catalogue gives declined steps in person a likelihood ratio of 4 (2 to 10), since many have other reasons. Two, a week
  apart and more, with none passed, are asked for; badges at doors are no such step.
group: identity-proof
state: live
catalogue: [onboard-drug-test-in-person-avoidance]
attack: []
refs:
  - FBI PSA 231018 (2023-10-18)
*/
WITH step AS (
  SELECT company, subject_id, occurred_at, event_ref, lower(trim(outcome)) IN ('pass', 'passed') AS is_passed
  FROM verification WHERE replace(replace(lower(trim(kind)), ' ', '_'), '-', '_') IN ('in_person', 'notary'))
SELECT company, subject_id, min(occurred_at) AS first_at, max(occurred_at) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value, count(*) AS times, min(event_ref) AS ref, max(event_ref) AS ref_2
FROM step GROUP BY company, subject_id HAVING NOT bool_or(is_passed) AND days_between(min(occurred_at), max(occurred_at)) >= 7
