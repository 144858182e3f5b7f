/*
id: home_line_at_claimed_place
title: One own line at the claimed place for weeks
claim: location
basis: network
says: The account was used on {days} days over one line that nobody else uses, {km} km from the claimed home.
benign:
  - this is evidence for the worker; a facilitator near the claimed home would look the same to the sign-in vendor
resolve: none needed
reads: [sighting, value_fact, subject]
needs: [sign_in.ip, subject.latitude]
weights: {elsewhere: -10, overextended: 0, hijacked: 0, stand_in: -6}
why: >
  Somebody elsewhere cannot use a line at the claimed home without somebody there; a farm shares its line. Sign-in vendors place fixed lines within 3 to 16
  km by the median, so 60 km is generous. Facilitators who live near the stolen address make it no proof.
group: home
state: live
attack: []
refs:
  - geolocation error of fixed lines, arXiv 2605.21937 (2026)
*/
WITH used AS (
  SELECT g.company, g.subject_id, g.value, count(DISTINCT g.day) AS active_days, min(g.first_at) AS first_at, max(g.last_at) AS last_at,
         min(km(f.latitude, f.longitude, s.latitude, s.longitude)) AS away, min(g.first_ref) AS ref
  FROM sighting AS g
  JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
  JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
  WHERE g.kind = 'ip' AND f.holders = 1 AND coalesce(f.network, 'residential') = 'residential'
  GROUP BY g.company, g.subject_id, g.value),
whole AS (
  SELECT company, subject_id, sum(active_days) AS active_days, min(first_at) AS first_at, max(last_at) AS last_at, max(away) AS away,
         max_by(value, in_order(active_days, value)) AS value, min(ref) AS ref
  FROM used WHERE away <= 60 GROUP BY company, subject_id)
SELECT company, subject_id, first_at, last_at, least(1.0, active_days / 30.0) AS strength, value, active_days AS days, away AS km, ref
FROM whole WHERE active_days >= 10
