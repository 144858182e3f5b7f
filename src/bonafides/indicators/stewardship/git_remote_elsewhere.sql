/*
id: git_remote_elsewhere
title: Code is pushed to a place that is none of the company's
claim: stewardship
basis: behaviour
says: "On {days} days since {first_at} git on the company's computer pushed to, or was given as remote, {places} outside the company's own accounts."
benign:
  - work on open source that the company knows of
  - a contractor's own organisation, by contract
  - a private project on the company's computer
resolve: ask what was pushed and why, and keep the repository's log
reads: [process, commit, activity]
needs: [process.command_line]
weights: {elsewhere: 0, overextended: 1, hijacked: 3, stand_in: 3}
why: >
  Repositories were copied to people's own profiles at scale, by the FBI's word; the catalogue gives company code in a personal account a likelihood
  ratio of 12 (4 to 40), but a command line does not say whose code it was, and engineers have projects of their own. Accounts that three people and
  more push to, and those of the company's own records, are the company's.
group: exfil
state: live
catalogue: [exfil-personal-remote]
attack: [T1567.001]
refs:
  - FBI PSA 250123 (2025-01-23)
*/
WITH pushed AS (
  SELECT company, subject_id, occurred_at, event_ref, part_of(lower(command_line), '((?:github|gitlab|bitbucket|codeberg|gitee)[.](?:com|org)[:/][a-z0-9_.-]+)/') AS place
  FROM process WHERE matches(lower(command_line), 'git(.exe)?"? .*(remote add|remote set-url|push) ')),
named AS (SELECT company, subject_id, occurred_at, event_ref, replace(place, ':', '/') AS place FROM pushed),
spread AS (SELECT company, place, count(DISTINCT subject_id) AS people FROM named GROUP BY company, place),
own AS (
  SELECT company, lower(split_part(repository, '/', 1)) AS account FROM commit
  UNION SELECT company, lower(split_part(target, '/', 1)) FROM activity)
SELECT n.company, n.subject_id, min(n.occurred_at) AS first_at, max(n.occurred_at) AS last_at, CASE WHEN count(DISTINCT CAST(n.occurred_at AS DATE)) >= 3 THEN 1.0 ELSE 0.5 END AS strength,
       CAST(NULL AS VARCHAR) AS value, count(DISTINCT CAST(n.occurred_at AS DATE)) AS days, count(DISTINCT n.place) AS places, min(n.event_ref) AS ref, max(n.event_ref) AS ref_2
FROM named AS n
JOIN spread AS s ON s.company = n.company AND s.place = n.place
LEFT JOIN own AS o ON o.company = n.company AND o.account = split_part(n.place, '/', 2)
WHERE s.people < 3 AND o.account IS NULL
GROUP BY n.company, n.subject_id
