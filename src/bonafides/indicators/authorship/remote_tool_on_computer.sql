/*
id: remote_tool_on_computer
title: A remote-access tool that is not the company's own
claim: authorship
basis: physical
says: "{tools} ran on the company's computer on {days} days since {first_at}; it is not a tool that the company's people use."
benign:
  - support by a vendor or a relative
  - the worker's own second computer
  - a tool that the company's IT uses for few people
resolve: ask what the tool is for and who is on the other side, and look at its connection log together
reads: [tool_use]
needs: [process.image | connection.dst_host]
weights: {elsewhere: 6, overextended: 6, hijacked: 5, stand_in: 11}
why: >
  A computer in a farm has to be reached; the catalogue gives a second remote tool a likelihood ratio of 12 (4 to 40). The same need have
  people who work from an undisclosed place or let others work for them, and intruders.
group: remote-access
state: live
attack: [T1219]
refs:
  - FBI PSA 240516 (2024-05-16)
*/
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at,
       max(CASE WHEN active_days >= 5 THEN 1.0 WHEN active_days >= 2 THEN 0.6 ELSE 0.25 END) AS strength, max(tool) AS value,
       max(tool) AS tools, max(active_days) AS days, min(first_ref) AS ref, max(last_ref) AS ref_2
FROM tool_use WHERE tool_class = 'remote-gui' AND NOT is_standard GROUP BY company, subject_id
