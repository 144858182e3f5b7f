/*
id: referee_at_own_domain
title: The referees write from the applicant's own domain
claim: history
basis: history
says: "A referee's address lies under the same private domain as the applicant's own ({others} people in all have an address there)."
benign:
  - a company of the person's own, or a family firm
  - an alumni or professional society whose addresses both have
  - a small mail service that few use
resolve: find the former employer independently and call there
reads: [sighting]
needs: [application.email, application.reference_emails]
weights: {elsewhere: 0, overextended: 2, hijacked: 0, stand_in: 4}
why: >
  A made-up employer needs a domain, and whoever runs it answers for the referees; the catalogue gives a past employer that was manufactured a
  likelihood ratio of 12 (4 to 30), of which this is one trace. Domains at which more than three people have an address are mail services or real
  employers.
group: contact-graph
state: live
catalogue: [apply-shell-reference-company]
attack: [T1585]
refs:
  - "US Department of Justice: press release (2025-06-30)"
  - SentinelOne on front companies (2024-11-21)
*/
WITH own AS (
  SELECT DISTINCT company, subject_id, split_part(value, '@', 2) AS domain FROM sighting WHERE via IN ('application:email', 'worker:personal_email')),
referee AS (
  SELECT company, subject_id, split_part(value, '@', 2) AS domain, value, first_at, last_at, first_ref FROM sighting WHERE via = 'application:reference_emails'),
spread AS (SELECT domain, count(DISTINCT company || '/' || subject_id) AS people FROM own GROUP BY domain)
SELECT r.company, r.subject_id, min(r.first_at) AS first_at, max(r.last_at) AS last_at, 1.0 AS strength, max(r.value) AS value, max(s.people) AS others, min(r.first_ref) AS ref
FROM referee AS r
JOIN own AS o ON o.company = r.company AND o.subject_id = r.subject_id AND o.domain = r.domain
JOIN spread AS s ON s.domain = r.domain
WHERE s.people <= 3 GROUP BY r.company, r.subject_id
