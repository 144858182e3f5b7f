/*
id: several_employers_at_once
title: Engaged by two and more companies at the same time
claim: exclusivity
basis: identity
says: The same person (by government id, or by name and own things) is engaged by {employers} companies at once since {first_at} (also at {other}), for {overlap_days} days so far.
benign:
  - a second job or client that both companies know of and allow
  - part-time posts, a board seat, a teaching load
  - companies of one group, or a transfer during which both list the person
  - somebody else who uses the person's stolen papers at the other company
resolve: ask about other engagements, and compare address and account with the other company before concluding anything
reads: [subject, payment]
needs: [subject.person, subject.started_on]
weights: {elsewhere: 0, overextended: 22, hijacked: 0, stand_in: 9}
why: >
  A keyed hash of a government id, made with one key by companies that share it, says that two engagements are one person's papers. About 5 in 100 people in work have a second
  job, one in ten of those perhaps at a second company of one group of sharers (1 in 200), while who holds two undisclosed posts there shows it nearly always: a likelihood ratio of 160. Lent
  and stolen papers are used for several jobs as a rule (68 for 309 in one case), so stand_in is lifted too, by half of what that says: two posts are the moonlighter's number. Thirty days leave out a change of job. Contractors
  may have several clients, agencies place people with several, and a teaching load or a board's seat is paid in part: a third. But whoever is paid by both what the role earns (six tenths of the median of ten and more with that role)
  sells the same weeks twice, whatever the contract is called. Three and more at once is a question of its own.
group: exclusivity
state: live
catalogue: [work-concurrent-employment]
attack: []
refs:
  - US multiple jobholders, 5.1 to 5.5 per cent of the employed (base rate)
*/
WITH held AS (
  SELECT company, subject_id, person, role, started_on, coalesce(ended_on, CAST(last_at AS DATE), started_on) AS until_on,
         coalesce(engagement, 'employee') <> 'employee' OR agency IS NOT NULL AS is_free
  FROM subject WHERE subject_kind = 'worker'),
monthly AS (
  SELECT company, subject_id, currency, date_trunc('month', paid_on) AS month, sum(amount) AS paid FROM payment GROUP BY company, subject_id, currency, date_trunc('month', paid_on)),
paid AS (
  SELECT h.company, h.subject_id, h.role, m.currency, median(m.paid) AS paid FROM held AS h JOIN monthly AS m ON m.company = h.company AND m.subject_id = h.subject_id
  GROUP BY h.company, h.subject_id, h.role, m.currency HAVING count(*) >= 2),
usual AS (SELECT role, currency, median(paid) AS paid FROM paid GROUP BY role, currency HAVING count(*) >= 10),
pay AS (
  SELECT p.company, p.subject_id, bool_and(p.paid >= 6e-1 * u.paid) AS is_full FROM paid AS p JOIN usual AS u ON u.role = p.role AND u.currency = p.currency
  GROUP BY p.company, p.subject_id),
met AS (
  SELECT x.company, x.subject_id, y.company AS other_company, greatest(x.started_on, y.started_on) AS from_on, least(x.until_on, y.until_on) AS until_on,
         CASE WHEN a.is_full AND b.is_full THEN 1.0 WHEN x.is_free OR y.is_free OR NOT a.is_full OR NOT b.is_full THEN 0.3 ELSE 1.0 END AS strength
  FROM held AS x JOIN held AS y ON y.person = x.person
  LEFT JOIN pay AS a ON a.company = x.company AND a.subject_id = x.subject_id LEFT JOIN pay AS b ON b.company = y.company AND b.subject_id = y.subject_id
  WHERE y.company <> x.company AND days_between(greatest(x.started_on, y.started_on), least(x.until_on, y.until_on)) >= 30)
SELECT company, subject_id, CAST(min(from_on) AS TIMESTAMP) AS first_at, CAST(max(until_on) AS TIMESTAMP) AS last_at,
       max(strength) AS strength, CAST(NULL AS VARCHAR) AS value, count(DISTINCT other_company) + 1 AS employers,
       min(other_company) AS other, max(days_between(from_on, until_on)) AS overlap_days
FROM met GROUP BY company, subject_id
