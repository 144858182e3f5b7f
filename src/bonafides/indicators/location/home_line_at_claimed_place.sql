/*
id: home_line_at_claimed_place
title: One own line at the claimed place for weeks
claim: location
basis: network
says: The account was used on {days} days over a line of its own within {km} km of the claimed home, which is {percent} per cent of its days on lines that stay in one place.
benign:
  - this is evidence for the worker; a facilitator near the claimed home would look the same to the sign-in vendor
resolve: none needed
reads: [sighting, value_fact, subject]
needs: [sign_in.ip | activity.ip | meeting.ip, value_fact.latitude, subject.latitude]
weights: {elsewhere: -10, overextended: 0, hijacked: 0, stand_in: -3}
why: >
  Somebody elsewhere cannot use a line at the claimed home without somebody there; a farm shares its line. Sign-in vendors place fixed lines within 3 to 16
  km by the median, so 60 km is generous. It must be where the person mostly is: half of the days on fixed lines or more,
  and of those in the last five weeks, for months at home say nothing of the weeks since. A line whose owner is not
  known may be a server at the claimed place and counts for less. Facilitators who live near the stolen address, or
  whose own door is claimed, and lines that are rented by the month near any address make it worth little against a stand-in.
group: home
state: live
attack: []
refs:
  - geolocation error of fixed lines, arXiv 2605.21937 (2026)
*/
WITH fixed AS (
  SELECT g.company, g.subject_id, g.value, g.day, g.first_at, g.last_at, g.first_ref, f.network IS NOT NULL AS is_sure, km(f.latitude, f.longitude, s.latitude, s.longitude) AS away,
         km(f.latitude, f.longitude, s.latitude, s.longitude) <= 60 AND f.holders = 1 AS is_home, days_between(g.day, max(g.day) OVER (PARTITION BY g.company, g.subject_id)) < 35 AS is_late
  FROM sighting AS g
  JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
  JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
  WHERE g.kind = 'ip' AND coalesce(f.network, 'residential') = 'residential' AND f.infrastructure_of IS NULL AND f.latitude IS NOT NULL),
person AS (
  SELECT company, subject_id, count(DISTINCT day) AS all_days, count(DISTINCT CASE WHEN is_home THEN day END) AS home_days,
         count(DISTINCT CASE WHEN is_late THEN day END) AS late_days, count(DISTINCT CASE WHEN is_late AND is_home THEN day END) AS late_home_days,
         count(DISTINCT CASE WHEN is_home AND is_sure THEN day END) AS sure_days, min(CASE WHEN is_home THEN first_at END) AS first_at,
         max(CASE WHEN is_home THEN last_at END) AS last_at, round(max(CASE WHEN is_home THEN away END)) AS km,
         max_by(value, CASE WHEN is_home THEN in_order(day, value) END) AS value, min(CASE WHEN is_home THEN first_ref END) AS ref
  FROM fixed GROUP BY company, subject_id)
SELECT company, subject_id, first_at, last_at, least(1.0, home_days / 30e0) * CASE WHEN sure_days * 2 >= home_days THEN 1.0 ELSE 0.6 END AS strength,
       value, home_days AS days, km, round(100e0 * home_days / all_days) AS percent, ref
FROM person WHERE home_days >= 10 AND home_days * 2 >= all_days AND late_home_days * 2 >= late_days
