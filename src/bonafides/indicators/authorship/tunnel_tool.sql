/*
id: tunnel_tool
title: A tunnel that makes the computer reachable from outside
claim: authorship
basis: physical
says: "{tools} ran on the company's computer on {days} days since {first_at}; only {people} of the company's people have it."
benign:
  - a developer who shows work in progress, or reaches a laboratory at home
  - a team that agreed on the tool without telling IT
resolve: ask what the tool connects and whose the other end is
reads: [tool_use, subject]
needs: [process.image | connection.dst_host]
weights: {elsewhere: 4, overextended: 1, hijacked: 2, stand_in: 3}
why: >
  A private network laid over the internet lets an operator, or the worker from abroad, come out at the home line. The catalogue gives it a likelihood ratio
  of 2.5 (1.3 to 5): engineers use these tools daily, so use on fewer than five days, or by more than a hundredth of the staff, says nothing.
group: remote-access
state: live
catalogue: [work-ide-and-mesh-tunnel]
attack: [T1572, T1219.001]
refs: []
*/
WITH spread AS (SELECT company, tool, count(DISTINCT subject_id) AS people FROM tool_use GROUP BY company, tool),
staff AS (SELECT company, count(*) AS people FROM subject GROUP BY company)
SELECT u.company, u.subject_id, min(u.first_at) AS first_at, max(u.last_at) AS last_at, least(1.0, max(u.active_days) / 10e0) AS strength,
       max_by(u.tool, in_order(u.active_days, u.tool)) AS value, max_by(u.tool, in_order(u.active_days, u.tool)) AS tools, max(u.active_days) AS days,
       max_by(s.people, in_order(u.active_days, u.tool)) AS people, min(u.first_ref) AS ref, max(u.last_ref) AS ref_2
FROM tool_use AS u JOIN spread AS s ON s.company = u.company AND s.tool = u.tool JOIN staff AS n ON n.company = u.company
WHERE u.tool_class = 'mesh-or-tunnel' AND NOT u.is_standard AND u.active_days >= 5 AND s.people <= greatest(3, 0.01 * n.people)
GROUP BY u.company, u.subject_id
