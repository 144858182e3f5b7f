/*
id: no_company_computer
title: Works for months without the company's computer
claim: custody
basis: behaviour
says: "In {days} days of work the person never held a computer of the company, as {held} of {people} colleagues with such contracts do."
benign:
  - a contract that lets people use their own equipment
  - a computer that the inventory lacks
  - a place to which the company does not send equipment
resolve: offer a computer that the person fetches at an office or a partner's
reads: [sighting, device, subject]
needs: [device.device_id, sign_in.ip | activity.ip]
weights: {elsewhere: 2, overextended: 3, hijacked: 0, stand_in: 2}
why: >
  Own hardware and virtual desktops spare the scheme its farm; the catalogue gives insisting on them a likelihood ratio of 4 (2 to 9), and contractors
  do it every day. Twenty working days are asked for, and that four in five of ten colleagues under the same kind of contract hold one.
group: device-mode
state: live
catalogue: [onboard-byod-or-vdi-demand]
attack: []
refs:
  - Google on IT workers in Europe (2025-04-01)
*/
WITH seen AS (
  SELECT g.company, g.subject_id, count(DISTINCT g.day) AS days, min(g.first_at) AS first_at, max(g.last_at) AS last_at, min(g.first_ref) AS ref
  FROM sighting AS g WHERE g.via IN ('sign_in:ip', 'activity:ip') GROUP BY g.company, g.subject_id),
holder AS (SELECT DISTINCT company, subject_id FROM device),
person AS (
  SELECT w.company, w.subject_id, w.days, w.first_at, w.last_at, w.ref, coalesce(s.engagement, '') AS engagement, h.subject_id IS NOT NULL AS has_one
  FROM seen AS w JOIN subject AS s ON s.company = w.company AND s.subject_id = w.subject_id
  LEFT JOIN holder AS h ON h.company = w.company AND h.subject_id = w.subject_id
  WHERE coalesce(s.work_arrangement, 'remote') <> 'onsite' AND coalesce(s.agency, '') = ''),
usual AS (SELECT company, engagement, count(*) AS people, count_if(has_one) AS held FROM person GROUP BY company, engagement)
SELECT p.company, p.subject_id, p.first_at, p.last_at, least(1.0, p.days / 40e0) AS strength, CAST(NULL AS VARCHAR) AS value, p.days, u.held, u.people, p.ref
FROM person AS p JOIN usual AS u ON u.company = p.company AND u.engagement = p.engagement
WHERE NOT p.has_one AND p.days >= 20 AND u.people >= 10 AND u.held * 5 >= u.people * 4
