/*
id: meeting_from_another_line
title: Calls are joined far from where the company's computer is
claim: authorship
basis: network
says: On {days} days between {first_at} and {last_at} the person joined calls over a fixed line {km} km from the line over which the company's computer was working in the same hours.
benign:
  - somebody on a long stay elsewhere who left the company's computer running at home
  - a workstation at home or in a laboratory that is used from afar with leave
  - a line that the address database places wrongly
resolve: ask the person to join the next call on the company's computer
reads: [sighting, value_fact]
needs: [meeting.ip, process.ip | connection.ip | peripheral.ip, value_fact.latitude]
weights: {elsewhere: 6, overextended: 2, hijacked: 0, stand_in: 7}
why: >
  Remote desktops carry voice and picture badly, so who speaks often joins with a computer of their own, while the company's stands in a farm. The catalogue
  gives calls and devices that disagree a likelihood ratio of 2 (1.2 to 4), and device and account far apart 12 (4 to 40); who left the computer
  at home to work from an undisclosed place shows the same nearly as often. Five days over two weeks with one pair of lines leave out
  journeys; exits and mobile lines are not placed, and a line that three and more people of one company alone use may be its own exit.
group: geo
state: live
catalogue: [work-meeting-anomaly]
attack: []
refs:
  - vendor report on addresses in meeting logs (2025)
*/
WITH line AS (
  SELECT g.company, g.subject_id, g.day, g.value, g.via = 'meeting:ip' AS is_call, bit_or(g.hours) AS hours, min(g.first_at) AS first_at,
         max(g.last_at) AS last_at, max(f.latitude) AS latitude, max(f.longitude) AS longitude, min(g.first_ref) AS ref
  FROM sighting AS g JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value AND f.latitude IS NOT NULL AND f.longitude IS NOT NULL
  WHERE g.via IN ('meeting:ip', 'process:ip', 'connection:ip', 'peripheral:ip') AND coalesce(f.network, 'residential') = 'residential'
    AND f.infrastructure_of IS NULL AND NOT (coalesce(f.holders, 1) > 2 AND f.companies = 1)
  GROUP BY g.company, g.subject_id, g.day, g.value, g.via = 'meeting:ip'),
together AS (
  SELECT x.company, x.subject_id, x.day, x.value, y.value AS other, km(x.latitude, x.longitude, y.latitude, y.longitude) AS away, x.first_at, x.last_at, x.ref, y.ref AS ref_2
  FROM line AS x JOIN line AS y ON y.company = x.company AND y.subject_id = x.subject_id AND y.day = x.day AND NOT y.is_call
  WHERE x.is_call AND (x.hours & y.hours) <> 0 AND km(x.latitude, x.longitude, y.latitude, y.longitude) > 300),
pair AS (
  SELECT company, subject_id, value, other, count(*) AS active_days FROM together GROUP BY company, subject_id, value, other
  HAVING count(*) >= 5 AND days_between(min(day), max(day)) >= 14)
SELECT t.company, t.subject_id, min(t.first_at) AS first_at, max(t.last_at) AS last_at, least(1.0, count(DISTINCT t.day) / 10e0) AS strength,
       max_by(t.value, in_order(p.active_days, t.value || t.other)) AS value, count(DISTINCT t.day) AS days, round(max(t.away)) AS km, min(t.ref) AS ref, min(t.ref_2) AS ref_2
FROM together AS t JOIN pair AS p ON p.company = t.company AND p.subject_id = t.subject_id AND p.value = t.value AND p.other = t.other
GROUP BY t.company, t.subject_id
