/*
id: remote_tool_at_hand_over
title: A remote-access tool came with the computer's first days
claim: authorship
basis: physical
says: "{tools} was put on the company's computer {after} days after it was handed over on {handed_on}{how}, and was used on {days} days."
benign:
  - a script or a technician of the company's IT that few people get
  - a worker who sets up every new computer with the tools they know, to reach it from a second desk
  - a device that was enrolled again after a repair
resolve: ask what the tool is for and who is on the other side, and look at its connection log together
reads: [tool_use, device, subject]
needs: [process.image | connection.dst_host, device.enrolled_on]
weights: {elsewhere: 5, overextended: 4, hijacked: 0, stand_in: 13}
why: >
  Whoever receives the computer for somebody else makes it reachable before the first working day: recorded sessions show a remote desktop set up
  within minutes to three days of the first start. The catalogue gives that a likelihood ratio of 25 (8 to 80). Set up so that nobody has to agree, or
  used on ten days and more, tells it from a visit by support. A day on which a fifth of the company's devices were enrolled is the inventory's
  own start and says nothing of hand-overs. An intruder has no reason to come in the first days.
group: remote-access
state: live
catalogue: [work-rmm-before-or-at-provision]
attack: [T1219.002]
refs:
  - recorded set-up of farm computers by a sandbox vendor (2025)
  - FBI PSA 240516 (2024-05-16)
*/
WITH fleet AS (SELECT company, count(DISTINCT device_id) AS devices FROM device GROUP BY company),
enrolled AS (SELECT company, enrolled_on, count(DISTINCT device_id) AS devices FROM device GROUP BY company, enrolled_on),
handed AS (
  SELECT d.company, d.subject_id, d.enrolled_on, min(d.event_ref) AS ref
  FROM device AS d JOIN enrolled AS e ON e.company = d.company AND e.enrolled_on = d.enrolled_on JOIN fleet AS f ON f.company = d.company
  WHERE e.devices <= greatest(5, 0.2 * f.devices) GROUP BY d.company, d.subject_id, d.enrolled_on),
spread AS (SELECT company, tool, count(DISTINCT subject_id) AS people FROM tool_use GROUP BY company, tool),
staff AS (SELECT company, count(*) AS people FROM subject GROUP BY company),
used AS (
  SELECT company, subject_id, tool, max(active_days) AS active_days, bool_or(is_unattended) AS is_unattended, min(first_at) AS first_at,
         max(last_at) AS last_at, min(first_ref) AS ref
  FROM tool_use WHERE tool_class = 'remote-gui' AND NOT is_standard GROUP BY company, subject_id, tool),
met AS (
  SELECT u.*, h.enrolled_on, h.ref AS device_ref, days_between(h.enrolled_on, u.first_at) AS after,
         CASE WHEN is_unattended AND active_days >= 10 THEN 1.0 ELSE 0.7 END * CASE WHEN s.people <= greatest(5, 0.01 * n.people) THEN 1.0 ELSE 0.5 END AS strength
  FROM used AS u JOIN handed AS h ON h.company = u.company AND h.subject_id = u.subject_id
  JOIN spread AS s ON s.company = u.company AND s.tool = u.tool JOIN staff AS n ON n.company = u.company
  WHERE days_between(h.enrolled_on, u.first_at) BETWEEN 0 AND 3 AND (is_unattended OR active_days >= 10))
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, max(strength) AS strength, max_by(tool, in_order(strength, tool)) AS value,
       max_by(tool, in_order(strength, tool)) AS tools, max_by(after, in_order(strength, tool)) AS after, max_by(enrolled_on, in_order(strength, tool)) AS handed_on,
       CASE WHEN bool_or(is_unattended) THEN ' so that nobody at it has to agree' ELSE '' END AS how, max_by(active_days, in_order(strength, tool)) AS days,
       max_by(ref, in_order(strength, tool)) AS ref, max_by(device_ref, in_order(strength, tool)) AS ref_2
FROM met GROUP BY company, subject_id
