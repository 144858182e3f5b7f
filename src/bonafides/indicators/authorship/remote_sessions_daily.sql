/*
id: remote_sessions_daily
title: The screen goes out through a remote-access tool for hours, day after day
claim: authorship
basis: physical
says: "On {days} days the company's computer sent {gigabytes} gigabytes through {tools}, each day in {hours} hours or more."
benign:
  - a person who works from a second computer of their own
  - a vendor that maintains something on the computer
  - large files sent through the tool
resolve: keep the tool's connection log, and ask to type something on the computer in a live call
reads: [sighting, tool_use]
needs: [connection.out_bytes]
weights: {elsewhere: 7, overextended: 6, hijacked: 4, stand_in: 13}
why: >
  A tool that is only installed sends little; a screen that somebody watches sends some tens of megabytes an hour. The catalogue gives long daily
  control from outside a likelihood ratio of 25 (8 to 80). Nomads and people with two jobs reach their desks the same way. Fifty megabytes in three
  hours of a day are asked for, on ten days; a tool that the company chose does not count.
group: remote-access
state: live
catalogue: [work-rmm-session-hours]
attack: [T1219]
refs:
  - FBI PSA 240516 (2024-05-16)
*/
WITH tool_host AS (
  SELECT DISTINCT u.company, g.value, u.tool
  FROM tool_use AS u JOIN sighting AS g ON g.company = u.company AND g.subject_id = u.subject_id AND g.via = 'connection:dst_host' AND g.first_ref IN (u.first_ref, u.last_ref)
  WHERE u.via = 'connection' AND u.tool_class = 'remote-gui' AND NOT u.is_standard),
daily AS (
  SELECT g.company, g.subject_id, g.day, sum(g.amount) AS out_bytes, bits(bit_or(g.hours)) AS hours, min(g.first_at) AS first_at, max(g.last_at) AS last_at, min(g.first_ref) AS ref, max(t.tool) AS tools
  FROM sighting AS g JOIN tool_host AS t ON t.company = g.company AND t.value = g.value WHERE g.via = 'connection:dst_host' GROUP BY g.company, g.subject_id, g.day)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, least(1.0, count(*) / 20e0) AS strength, max(tools) AS value, max(tools) AS tools,
       count(*) AS days, rounded(sum(out_bytes) / 1e9, 1) AS gigabytes, min(hours) AS hours, min(ref) AS ref, max(ref) AS ref_2
FROM daily WHERE out_bytes >= 50000000 AND hours >= 3 GROUP BY company, subject_id HAVING count(*) >= 10
