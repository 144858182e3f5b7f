/*
id: failed_person_checks
title: Checks of the person failed, and none was passed since
claim: identity
basis: identity
says: Checks of the person failed on {days} days, last on {last_at}, and none has been passed since the first of them.
benign:
  - poor light, an old document or a vendor that errs with some documents
  - a name that changed, or a document that ran out
  - a disability or illness for which no other way was offered
resolve: offer a check in person or by a notary, with an alternative for who cannot
reads: [verification]
needs: [verification.outcome]
weights: {elsewhere: 2, overextended: 0, hijacked: 1, stand_in: 9}
why: >
  Whoever is not the person in the papers fails where somebody looks, and puts it off. The catalogue gives confirmed mismatches a likelihood ratio of 25 (8 to 80); a single failure
  is mostly light or time running out, so two days are asked for, retries within one are one, and any check passed afterwards ends it. Doors that stayed
  shut are no checks. Rates of false refusal by document should be watched by whoever runs the checks.
group: identity-proof
state: live
catalogue: [apply-identity-doc-mismatch]
attack: [T1656]
refs:
  - FBI PSA 220628 (2022-06-28)
  - FBI PSA 250723-4 (2025-07-23)
*/
WITH checked AS (
  SELECT company, subject_id, occurred_at, event_ref, CASE WHEN lower(trim(outcome)) IN ('pass', 'passed') THEN occurred_at END AS passed_at,
         CASE WHEN lower(trim(outcome)) IN ('fail', 'failed') THEN occurred_at END AS failed_at
  FROM verification WHERE lower(trim(kind)) <> 'badge' OR lower(trim(outcome)) IN ('pass', 'passed'))
SELECT company, subject_id, min(failed_at) AS first_at, max(failed_at) AS last_at, CASE WHEN count(DISTINCT CAST(failed_at AS DATE)) >= 3 THEN 1.0 ELSE 0.7 END AS strength,
       CAST(NULL AS VARCHAR) AS value, count(DISTINCT CAST(failed_at AS DATE)) AS days, min(CASE WHEN failed_at IS NOT NULL THEN event_ref END) AS ref
FROM checked
GROUP BY company, subject_id
HAVING count(DISTINCT CAST(failed_at AS DATE)) >= 2 AND coalesce(max(passed_at) < min(failed_at), true)
