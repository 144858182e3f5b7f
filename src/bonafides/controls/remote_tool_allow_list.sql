/*
id: remote_tool_allow_list
title: Only remote-access tools that the company chose
asks: Allow only remote-access tools of the company’s own choice on its computers.
claim: authorship
needs: [process.image | connection.dst_host]
refs:
  - FBI PSA 250723-4 (2025-07-23)
  - FBI PSA 240516 (2024-05-16)
  - US Departments of State, the Treasury and Justice, advisory (2022-05-16)
*/
WITH watched AS (
  SELECT DISTINCT company, subject_id FROM process
  UNION SELECT DISTINCT company, subject_id FROM connection)
SELECT w.company, w.subject_id, count(t.tool) = 0 AS holds
FROM watched AS w LEFT JOIN tool_use AS t ON t.company = w.company AND t.subject_id = w.subject_id AND t.tool_class IN ('remote-gui', 'mesh-or-tunnel') AND NOT t.is_standard
GROUP BY w.company, w.subject_id
