/*
id: laptop_not_returned
title: The computer never came back
claim: custody
basis: behaviour
says: "The engagement ended on {ended_on}, and {days} days later the company's computer {device} has not come back, as {share} per cent of the others' have."
benign:
  - a carrier that lost it, or a box that never came
  - a computer that the person was allowed to keep
  - a list that nobody kept up
resolve: ask for it back, and from where it will be sent
reads: [device, subject]
needs: [device.returned_on, subject.ended_on]
weights: {elsewhere: 0, overextended: 0, hijacked: 0, stand_in: 2}
why: >
  A farm keeps what it can use, or cannot send it back from where the person claims to live; honest people forget as well, so it is a hint (the catalogue: 1.5 to 4). Only where
  four fifths of ten people who left gave theirs back, and ninety days after the end.
group: device-return
state: live
catalogue: [offboard-not-returned]
attack: []
refs: []
*/
WITH last_on AS (SELECT company, max(CAST(last_at AS DATE)) AS today FROM subject GROUP BY company),
left_us AS (
  SELECT d.company, d.subject_id, max(s.ended_on) AS ended_on, max(l.today) AS today, max(d.device_id) AS device, bool_or(d.returned_on IS NOT NULL) AS is_back, min(d.event_ref) AS ref
  FROM device AS d JOIN subject AS s ON s.company = d.company AND s.subject_id = d.subject_id JOIN last_on AS l ON l.company = d.company
  WHERE days_between(s.ended_on, l.today) >= 90 GROUP BY d.company, d.subject_id),
custom AS (SELECT company, count_if(is_back) * 100e0 / count(*) AS share FROM left_us GROUP BY company HAVING count(*) >= 10 AND count_if(is_back) * 10 >= count(*) * 8)
SELECT x.company, x.subject_id, CAST(x.ended_on AS TIMESTAMP) AS first_at, CAST(x.today AS TIMESTAMP) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value,
       x.ended_on, days_between(x.ended_on, x.today) AS days, x.device, round(c.share) AS share, x.ref
FROM left_us AS x JOIN custom AS c ON c.company = x.company
WHERE NOT x.is_back
