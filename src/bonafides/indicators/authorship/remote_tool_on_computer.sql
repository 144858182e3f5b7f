/*
id: remote_tool_on_computer
title: A remote-access tool that is not the company's own
claim: authorship
basis: physical
says: "{tools} ran on the company's computer on {days} days since {first_at}; {people} of the company's people have it, and it is none of the company's own."
benign:
  - support by a vendor or a relative, once or now and then
  - the worker's own second computer, or a desk from which two computers are used
  - a tool that the company's IT uses for few people
resolve: ask what the tool is for and who is on the other side, and look at its connection log together
reads: [tool_use, subject]
needs: [process.image | connection.dst_host]
weights: {elsewhere: 6, overextended: 6, hijacked: 4, stand_in: 11}
why: >
  A computer in a farm has to be reached, every working day; the catalogue gives a second remote tool a likelihood ratio of 12 (4 to 40). The same
  need have people who work from an undisclosed place or from one desk for two employers, and intruders. A session with support lasts an hour,
  so one or two days are nearly nothing and the full weight asks for ten. A tool that more than five people and more than a hundredth of the
  staff have is likely a team's own: half.
group: remote-access
state: live
catalogue: [work-rmm-second-tool]
attack: [T1219]
refs:
  - FBI PSA 240516 (2024-05-16)
*/
WITH spread AS (SELECT company, tool, count(DISTINCT subject_id) AS people FROM tool_use GROUP BY company, tool),
staff AS (SELECT company, count(*) AS people FROM subject GROUP BY company),
used AS (
  SELECT company, subject_id, tool, max(active_days) AS active_days, bool_or(is_unattended) AS is_unattended, min(first_at) AS first_at,
         max(last_at) AS last_at, min(first_ref) AS ref, max(last_ref) AS ref_2
  FROM tool_use WHERE tool_class = 'remote-gui' AND NOT is_standard GROUP BY company, subject_id, tool),
weighed AS (
  SELECT u.*, s.people, CASE WHEN s.people <= greatest(5, 0.01 * n.people) THEN 1.0 ELSE 0.5 END
           * CASE WHEN active_days >= 10 THEN 1.0 WHEN active_days >= 3 AND is_unattended THEN 0.5 WHEN active_days >= 3 THEN 0.3
                  WHEN is_unattended THEN 0.2 ELSE 0.05 END AS strength
  FROM used AS u JOIN spread AS s ON s.company = u.company AND s.tool = u.tool JOIN staff AS n ON n.company = u.company)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, max(strength) AS strength, max_by(tool, in_order(strength, tool)) AS value,
       max_by(tool, in_order(strength, tool)) AS tools, max_by(active_days, in_order(strength, tool)) AS days, max_by(people, in_order(strength, tool)) AS people,
       max_by(ref, in_order(strength, tool)) AS ref, max_by(ref_2, in_order(strength, tool)) AS ref_2
FROM weighed GROUP BY company, subject_id
