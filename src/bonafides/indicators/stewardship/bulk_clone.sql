/*
id: bulk_clone
title: Many repositories copied within a week
claim: stewardship
basis: behaviour
says: "{repositories} different repositories were copied within seven days from {first_at}; {alike} of {colleagues} colleagues ever copied a third as many in a week."
benign:
  - a migration, an audit or a search across all code
  - a lead, security or platform engineer
  - a new computer that the inventory does not show
  - a backup before leaving, against the rules but for no other's use
resolve: ask what the copies were for, and look at what left the computer afterwards
reads: [activity, device, subject]
needs: [activity.action, activity.target]
weights: {elsewhere: 0, overextended: 0, hijacked: 7, stand_in: 6}
why: >
  Code is what is taken. The catalogue gives copies beyond three times what nearly all colleagues make a likelihood ratio of 8 (3 to 30), taken low because
  honest people who leave do the same. Fifteen repositories in a week are the catalogue's floor, ten in a day that of a published rule; not one in twenty colleagues may reach a third of the number. A new
  computer's first week, and the person's own, are left out. With fewer than ten colleagues who copy anything there is no custom to compare with: half;
  platform, release and security engineers copy by their trade: a third.
group: exfil
state: live
catalogue: [exfil-bulk-clone]
attack: [T1213.003, T1020]
refs:
  - FBI PSA 250123 (2025-01-23)
  - published detection rules for code hosts (2026), thresholds per minutes
*/
WITH copied AS (
  SELECT company, subject_id, CAST(occurred_at AS DATE) AS day, lower(trim(target)) AS target, min(occurred_at) AS first_at, max(occurred_at) AS last_at, min(event_ref) AS ref
  FROM activity
  WHERE matches(lower(action), 'clone|zipball|tarball|download.*(zip|archive|code|source|repo)|(repo|archive|code|source|project).*download')
  GROUP BY company, subject_id, CAST(occurred_at AS DATE), lower(trim(target))),
settled AS (
  SELECT c.*, lower(concat_ws(' ', s.role, s.department)) AS role FROM copied AS c JOIN subject AS s ON s.company = c.company AND s.subject_id = c.subject_id
  WHERE coalesce(days_between(s.started_on, c.day) NOT BETWEEN 0 AND 7, true)
    AND NOT EXISTS (SELECT 1 FROM device AS d WHERE d.company = c.company AND d.subject_id = c.subject_id AND days_between(d.enrolled_on, c.day) BETWEEN 0 AND 7)),
week AS (
  SELECT a.company, a.subject_id, a.day, count(DISTINCT b.target) AS repositories,
         count(DISTINCT CASE WHEN b.day = a.day THEN b.target END) AS in_a_day, min(b.first_at) AS first_at, max(b.last_at) AS last_at, min(b.ref) AS ref, max(b.ref) AS ref_2, max(a.role) AS role
  FROM (SELECT DISTINCT company, subject_id, day, role FROM settled) AS a
  JOIN settled AS b ON b.company = a.company AND b.subject_id = a.subject_id AND days_between(a.day, b.day) BETWEEN 0 AND 6
  GROUP BY a.company, a.subject_id, a.day),
most AS (
  SELECT company, subject_id, max(repositories) AS repositories, max(in_a_day) AS in_a_day, max_by(first_at, in_order(repositories, day)) AS first_at, max_by(last_at, in_order(repositories, day)) AS last_at,
         max_by(ref, in_order(repositories, day)) AS ref, max_by(ref_2, in_order(repositories, day)) AS ref_2, max(role) AS role
  FROM week GROUP BY company, subject_id),
compared AS (
  SELECT m.company, m.subject_id, count(o.subject_id) AS colleagues, count(CASE WHEN 3 * o.repositories >= m.repositories THEN 1 END) AS alike
  FROM most AS m LEFT JOIN most AS o ON o.company = m.company AND o.subject_id <> m.subject_id GROUP BY m.company, m.subject_id)
SELECT m.company, m.subject_id, m.first_at, m.last_at,
       least(1.0, m.repositories / 30e0) * CASE WHEN c.colleagues < 10 THEN 0.5 ELSE 1.0 END
         * CASE WHEN matches(m.role, 'platform|devops|\bsre\b|reliab|infra|release|secur|build') THEN 0.3 ELSE 1.0 END AS strength,
       CAST(NULL AS VARCHAR) AS value, m.repositories, c.alike, c.colleagues, m.ref, m.ref_2
FROM most AS m JOIN compared AS c ON c.company = m.company AND c.subject_id = m.subject_id
WHERE (m.repositories >= 15 OR m.in_a_day >= 10) AND c.alike <= 0.05 * c.colleagues
