/*
id: transfer_tool
title: A program for moving files out that is not the company's own
claim: stewardship
basis: behaviour
says: "{tools} ran on the company's computer on {days} days since {first_at}; it is none of the company's own."
benign:
  - an engineer who moves data between the company's own stores
  - own backups
resolve: ask what was moved where, and look at the program's settings
reads: [tool_use]
needs: [process.image]
weights: {elsewhere: 0, overextended: 1, hijacked: 3, stand_in: 2}
why: >
  Programs that copy whole stores are how much leaves at once. The catalogue takes them into a likelihood ratio of 5 (2 to 15) only together with an unknown destination, which records seldom
  show, so the program alone is a hint: 2. Programs are meant, not web pages that everybody opens.
group: exfil
state: live
catalogue: [exfil-personal-cloud]
attack: [T1567.002, T1020]
refs:
  - published detection rule for uploads by such programs (2026)
*/
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, CASE WHEN max(active_days) >= 2 THEN 1.0 ELSE 0.5 END AS strength,
       max_by(tool, in_order(active_days, tool)) AS value, max_by(tool, in_order(active_days, tool)) AS tools, max(active_days) AS days,
       min(first_ref) AS ref, max(last_ref) AS ref_2
FROM tool_use WHERE tool_class = 'transfer' AND via = 'process' AND NOT is_standard GROUP BY company, subject_id
