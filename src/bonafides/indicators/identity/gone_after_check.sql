/*
id: gone_after_check
title: Gone within days of a check that was not passed
claim: identity
basis: behaviour
says: "A check of identity was not passed on {first_at}; the last sign of work came {days} days later."
benign:
  - an emergency, or a better offer
  - a check that felt unfair
  - an employer who ended the work because of the check
resolve: write to the person with the reason and time to answer
reads: [verification, subject]
needs: [verification.outcome, subject.last_at]
weights: {elsewhere: 2, overextended: 1, hijacked: 0, stand_in: 4}
why: >
  When a person must show themselves, a stand-in leaves; so do people who feel accused, and the catalogue gives it a likelihood ratio of 5 (2 to 15).
  Work must stop within ten days of the first check not passed, with none passed later, while others of the company work on for a month.
group: identity-proof
state: live
catalogue: [offboard-ghost-resignation]
attack: []
refs:
  - "inference from reported cases: no public source measures it"
*/
WITH checked AS (
  SELECT company, subject_id, min(CASE WHEN lower(trim(outcome)) IN ('fail', 'failed') THEN occurred_at END) AS failed_at, max(CASE WHEN lower(trim(outcome)) IN ('pass', 'passed') THEN occurred_at END) AS passed_at,
         min(CASE WHEN lower(trim(outcome)) IN ('fail', 'failed') THEN event_ref END) AS ref
  FROM verification WHERE replace(replace(lower(trim(kind)), ' ', '_'), '-', '_') IN ('in_person', 'notary', 'live_video', 'document') GROUP BY company, subject_id),
company_end AS (SELECT company, max(last_at) AS last_at FROM subject GROUP BY company)
SELECT c.company, c.subject_id, c.failed_at AS first_at, s.last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value, days_between(c.failed_at, s.last_at) AS days, c.ref
FROM checked AS c
JOIN subject AS s ON s.company = c.company AND s.subject_id = c.subject_id
JOIN company_end AS e ON e.company = c.company
WHERE days_between(c.failed_at, s.last_at) BETWEEN 0 AND 10 AND coalesce(c.passed_at <= c.failed_at, true) AND days_between(s.last_at, e.last_at) >= 30 AND s.subject_kind = 'worker'
