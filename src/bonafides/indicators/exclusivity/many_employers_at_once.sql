/*
id: many_employers_at_once
title: Engaged by three and more companies at the same time
claim: exclusivity
basis: identity
says: On {first_at} the same person (by government id, or by name and own things) was engaged by {employers} companies at once.
benign:
  - a freelancer or adviser with several clients who know of one another
  - an agency's worker who is placed with several companies
  - companies of one group
  - somebody else who uses the person's stolen papers
resolve: ask about other engagements, and compare address and account with the other companies before concluding anything
reads: [subject]
needs: [subject.person, subject.started_on]
weights: {elsewhere: 0, overextended: 24, hijacked: 0, stand_in: 16}
why: >
  Nobody does three full-time jobs for long alone; one set of papers, lent or stolen, is used for several (68 for 309 companies in one case), and the
  work is done by several people. Moonlighters reach three as well, one in twenty perhaps, honest employees one in ten thousand: so both are lifted
  far, and priors and other evidence decide between them. Engagements of thirty days and more in common count;
  contractors and people placed by agencies have several clients by their trade: a fifth.
group: exclusivity
state: live
catalogue: [work-concurrent-employment]
attack: []
refs:
  - sentencing papers on a farm that served 309 companies with 68 identities, by press (2025)
*/
WITH held AS (
  SELECT company, subject_id, person, started_on, coalesce(ended_on, CAST(last_at AS DATE), started_on) AS until_on,
         coalesce(engagement, 'employee') <> 'employee' OR agency IS NOT NULL AS is_free
  FROM subject WHERE subject_kind = 'worker'),
begun AS (SELECT DISTINCT person, started_on AS on_day FROM held),
running AS (
  SELECT b.person, b.on_day, h.company, h.subject_id, h.is_free, h.until_on FROM begun AS b JOIN held AS h ON h.person = b.person
  WHERE days_between(h.started_on, b.on_day) >= 0 AND days_between(b.on_day, h.until_on) >= 30),
crowded AS (
  SELECT person, on_day, count(DISTINCT company) AS employers, count(DISTINCT CASE WHEN NOT is_free THEN company END) AS bound, max(until_on) AS until_on
  FROM running GROUP BY person, on_day HAVING count(DISTINCT company) >= 3)
SELECT r.company, r.subject_id, CAST(min(r.on_day) AS TIMESTAMP) AS first_at, CAST(max(c.until_on) AS TIMESTAMP) AS last_at,
       max(CASE WHEN c.bound >= 3 THEN 1.0 WHEN c.bound >= 2 THEN 0.5 ELSE 0.2 END) AS strength, CAST(NULL AS VARCHAR) AS value, max(c.employers) AS employers
FROM running AS r JOIN crowded AS c ON c.person = r.person AND c.on_day = r.on_day
GROUP BY r.company, r.subject_id
