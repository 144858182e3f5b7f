/*
id: busy_at_two_employers
title: At work for two companies in the same hours
claim: exclusivity
basis: identity
says: On {days} days between {first_at} and {last_at} accounts of the same person (by government id, or by name and own things) were in use at this company and at {other} in the same hours.
benign:
  - two part-time posts or clients, both known, whose hours are mixed
  - companies of one group, with one person's account at each
  - an account of the former employer that goes on signing in by itself
  - somebody else who uses the person's stolen papers at the other company
resolve: ask about other engagements and their hours
reads: [subject, sighting]
needs: [subject.person, sign_in.ip | activity.ip | meeting.ip]
weights: {elsewhere: 0, overextended: 26, hijacked: 0, stand_in: 13}
why: >
  Hours sold twice are what an undisclosed second job comes to, and one set of papers worked by a team shows the same. The catalogue takes the sharing of hours between two tenants for
  weak (2, 1.2 to 4) because it cannot know that it is one person; an id token does, and the ten days in common leave out the weeks of a change of job. Two posts at
  once are 22 (several_employers_at_once), stand_in 9; second jobs are for evenings and part of the week as a rule, and a third of the honest ones perhaps is worked in the hours of the first
  for weeks: 4 more for both. Contractors and people placed by agencies may mix their clients' hours: a third, unless on twenty days most hours of the shorter day are sold to both, which is no mixing.
group: exclusivity
state: live
catalogue: [work-concurrent-employment]
attack: []
refs: []
*/
WITH known AS (SELECT person, count(DISTINCT company) AS companies FROM subject GROUP BY person),
busy AS (
  SELECT g.company, g.subject_id, s.person, g.day, bit_or(g.hours) AS hours, min(g.first_at) AS first_at, max(g.last_at) AS last_at, min(g.first_ref) AS ref,
         bool_or(coalesce(s.engagement, 'employee') <> 'employee' OR s.agency IS NOT NULL) AS is_free
  FROM sighting AS g JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
  JOIN known AS k ON k.person = s.person AND k.companies >= 2
  WHERE g.via IN ('sign_in:ip', 'activity:ip', 'meeting:ip')
  GROUP BY g.company, g.subject_id, s.person, g.day)
SELECT x.company, x.subject_id, min(x.first_at) AS first_at, max(x.last_at) AS last_at,
       CASE WHEN bool_or(x.is_free OR y.is_free) AND (count(DISTINCT x.day) < 20 OR avg(bits(x.hours & y.hours) * 1e0 / least(bits(x.hours), bits(y.hours))) < 0.5) THEN 0.3 ELSE 1.0 END * least(1.0, count(DISTINCT x.day) / 20e0) AS strength,
       CAST(NULL AS VARCHAR) AS value, count(DISTINCT x.day) AS days, min(y.company) AS other, min(x.ref) AS ref, min(y.ref) AS ref_2
FROM busy AS x JOIN busy AS y ON y.person = x.person AND y.day = x.day
WHERE y.company <> x.company AND (x.hours & y.hours) <> 0
GROUP BY x.company, x.subject_id HAVING count(DISTINCT x.day) >= 10
