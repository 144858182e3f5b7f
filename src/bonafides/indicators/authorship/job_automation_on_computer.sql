/*
id: job_automation_on_computer
title: Programs that answer, apply or make codes for several people
claim: authorship
basis: behaviour
says: "{tools} ran or was reached from the company's computer on {days} days since {first_at}; {people} of the company's people have it."
benign:
  - somebody who looks for another job
  - support or test staff who share accounts with codes
resolve: ask what it is used for
reads: [tool_use]
needs: [process.image | connection.dst_host]
weights: {elsewhere: 0, overextended: 2, hijacked: 0, stand_in: 2}
why: >
  Operators were watched with tools that apply for jobs, whisper answers and make several accounts' codes; all are ordinary too, and the catalogue gives
  them a likelihood ratio of 2 (1.2 to 4). Use on three days and more counts, by fewer than four people of the company.
group: device-mode
state: live
catalogue: [work-otp-extension]
attack: []
refs:
  - ANY.RUN on IT workers watched live (2025-12-02)
*/
WITH spread AS (SELECT company, tool, count(DISTINCT subject_id) AS people FROM tool_use GROUP BY company, tool)
SELECT u.company, u.subject_id, min(u.first_at) AS first_at, max(u.last_at) AS last_at, least(1.0, max(u.active_days) / 10e0) AS strength, max_by(u.tool, in_order(u.active_days, u.tool)) AS value,
       max_by(u.tool, in_order(u.active_days, u.tool)) AS tools, max(u.active_days) AS days, max_by(s.people, in_order(u.active_days, u.tool)) AS people, min(u.first_ref) AS ref, max(u.last_ref) AS ref_2
FROM tool_use AS u JOIN spread AS s ON s.company = u.company AND s.tool = u.tool
WHERE u.tool_class = 'job-automation' AND u.active_days >= 3 AND s.people < 4
GROUP BY u.company, u.subject_id
