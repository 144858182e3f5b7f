/*
id: factor_enrolled_from_afar
title: A login factor was added from afar while the account went on elsewhere
claim: identity
basis: network
says: On {first_at} a login factor was added from a line {km} km from the claimed home at which the account had never been, while it was used elsewhere on the days before and after.
benign:
  - somebody of the help desk who added it from home
  - a short journey on which the telephone was replaced
  - a provider whose address databases put in a wrong place
resolve: call the person on a number found independently, and take factors back that they do not know
reads: [sighting, value_fact, subject, credential]
needs: [credential.ip, sign_in.ip | activity.ip | meeting.ip, value_fact.latitude, subject.latitude]
weights: {elsewhere: 1, overextended: 2, hijacked: 12, stand_in: 4}
why: >
  An intruder who has taken an account adds a factor of his own, from where he is, while its owner goes on as before; an operator who is given an account does the same,
  seldomer, since the facilitator can do it for him. Only homes' lines (half for one of unknown kind, which may be
  the telephone's carrier's), 500 km from home and from the lines used within a day before and two days after, so that travellers, who
  are where they enrol, stay quiet. A line near which a colleague lives and works is the help desk's.
group: takeover
state: live
attack: [T1556.006, T1098.005]
refs:
  - Okta's published detection of new device, new place and proxy together (2025-01-06)
*/
WITH fixed AS (
  SELECT g.company, g.subject_id, g.day, g.value, g.via, g.first_at, g.first_ref, f.network, f.latitude, f.longitude, km(f.latitude, f.longitude, s.latitude, s.longitude) AS away
  FROM sighting AS g
  JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value AND f.latitude IS NOT NULL
  JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id AND s.latitude IS NOT NULL
  WHERE g.via IN ('credential:ip', 'sign_in:ip', 'activity:ip', 'meeting:ip')
    AND f.infrastructure_of IS NULL AND (f.network = 'residential' OR (f.network IS NULL AND f.holders <= 10))),
added AS (
  SELECT x.company, x.subject_id, x.day, x.value, x.first_at, x.first_ref, x.latitude, x.longitude, x.away, x.network
  FROM fixed AS x JOIN credential AS c ON c.company = x.company AND c.event_ref = x.first_ref
  WHERE x.away > 500 AND coalesce(c.action, 'added') = 'added'),
at_home AS (
  SELECT company, value, count(DISTINCT day) AS active_days FROM fixed WHERE via <> 'credential:ip' AND away <= 150 GROUP BY company, value),
compared AS (
  SELECT a.company, a.subject_id, a.value, a.first_at, a.first_ref, a.away, a.network,
         count_if(u.day < a.day AND km(u.latitude, u.longitude, a.latitude, a.longitude) <= 100) AS there_before,
         count_if(days_between(u.day, a.day) BETWEEN 0 AND 1 AND km(u.latitude, u.longitude, a.latitude, a.longitude) > 500) AS elsewhere_before,
         count_if(days_between(a.day, u.day) BETWEEN 1 AND 2 AND km(u.latitude, u.longitude, a.latitude, a.longitude) > 500) AS elsewhere_after
  FROM added AS a JOIN fixed AS u ON u.company = a.company AND u.subject_id = a.subject_id AND u.via <> 'credential:ip'
  GROUP BY a.company, a.subject_id, a.value, a.first_at, a.first_ref, a.away, a.network)
SELECT c.company, c.subject_id, min(c.first_at) AS first_at, max(c.first_at) AS last_at, max(CASE WHEN c.network IS NULL THEN 0.5 ELSE 1.0 END) AS strength, max(c.value) AS value, round(max(c.away)) AS km, min(c.first_ref) AS ref
FROM compared AS c LEFT JOIN at_home AS h ON h.company = c.company AND h.value = c.value
WHERE c.there_before = 0 AND c.elsewhere_before > 0 AND c.elsewhere_after > 0 AND coalesce(h.active_days, 0) < 3
GROUP BY c.company, c.subject_id
