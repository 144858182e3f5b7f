/*
id: impossible_travel
title: Two places between which nobody can travel in the time
claim: location
basis: network
says: "On {days} days the account was used from homes' lines that lie up to {km} km apart, within less time than any aeroplane takes."
benign:
  - a line that the provider places in the wrong town
  - a partner or assistant who uses the account with the person's consent
  - two lines at home, of which one is placed wrongly
resolve: ask who else uses the account, and where the person was on those days
reads: [sighting, value_fact]
needs: [sign_in.ip | activity.ip | meeting.ip, value_fact.latitude]
weights: {elsewhere: 1, overextended: 2, hijacked: 6, stand_in: 2}
why: >
  A detector that every identity provider has, with many false alarms; the catalogue gives it a likelihood ratio of 3 (1.5 to 8). Only homes' lines
  count, since exits, carriers and companies' own lines are placed anywhere, only more than 500 km, which lies beyond nearly all errors of place, and
  only when it happened on two days. An intruder brings it about first of all.
group: geo
state: live
catalogue: [work-impossible-travel]
attack: [T1078.004]
refs:
  - geolocation error of fixed lines, arXiv 2605.21937 (2026)
*/
WITH placed AS (
  SELECT g.company, g.subject_id, g.value, g.first_at, g.last_at, g.first_ref, g.last_ref, f.latitude, f.longitude
  FROM sighting AS g JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
  WHERE g.via IN ('sign_in:ip', 'activity:ip', 'meeting:ip') AND f.network = 'residential' AND f.infrastructure_of IS NULL),
point AS (
  SELECT company, subject_id, value, latitude, longitude, first_at AS seen_at, first_ref AS ref FROM placed
  UNION SELECT company, subject_id, value, latitude, longitude, last_at, last_ref FROM placed),
step AS (
  SELECT company, subject_id, value, seen_at, ref, lag(ref) OVER w AS ref_2, lag(seen_at) OVER w AS left_at,
         km(latitude, longitude, lag(latitude) OVER w, lag(longitude) OVER w) AS away, minutes_between(lag(seen_at) OVER w, seen_at) AS minutes
  FROM point WINDOW w AS (PARTITION BY company, subject_id ORDER BY seen_at, ref))
SELECT company, subject_id, min(left_at) AS first_at, max(seen_at) AS last_at, CASE WHEN count(DISTINCT CAST(seen_at AS DATE)) >= 4 THEN 1.0 ELSE 0.6 END AS strength,
       max_by(value, in_order(away, value)) AS value, count(DISTINCT CAST(seen_at AS DATE)) AS days, round(max(away)) AS km, min(ref) AS ref, min(ref_2) AS ref_2
FROM step WHERE away > 500 AND away > 15 * minutes
GROUP BY company, subject_id HAVING count(DISTINCT CAST(seen_at AS DATE)) >= 2
