/*
id: concurrent_places
title: One account in two far places at once
claim: authorship
basis: network
says: On {days} days between {first_at} and {last_at} the account was used over two fixed lines {km} km apart in the same hours, or sooner after one another than any aeroplane flies.
benign:
  - a computer left on at home that goes on by itself while its owner is away with another one
  - a relative who uses the account at home
  - a VPN on one of two devices whose exit no list knows
  - a line that the sign-in vendor places wrongly
resolve: ask from where and on which devices the person works, and compare with the devices' own positions
reads: [sighting, value_fact]
needs: [sign_in.ip | activity.ip | meeting.ip, value_fact.latitude]
weights: {elsewhere: 4, overextended: 4, hijacked: 6, stand_in: 10}
why: >
  A computer in a farm and an operator elsewhere both use the account; no journey explains the same hours, day after day. The catalogue gives it a
  likelihood ratio of 15 (5 to 50). Sign-in vendors place fixed lines within 3 to 16 km by the median, so 300 km leaves room; exits, mobile lines
  and campus networks are not placed at all, and a line that three and more people of one company alone use may be its own exit. One pair of lines
  must come back on three days, which a day of travel and changing VPN exits do not. Whoever does little in an account is seldom in it twice in one hour, but no
  aeroplane makes more than 900 km of the hour that a later use is away: over 1,800 km for the next hour, 2,700 km for the one after, and so on. Within ten days it is as well an intruder's or one journey
  with a computer left on: half. Where the two lines never have an hour in common, only the clock's same hour, somebody who goes to
  and fro between two lines of which one is placed wrongly looks the same: six tenths.
group: geo
state: live
catalogue: [work-concurrent-places]
attack: [T1078.004]
refs:
  - geolocation error of fixed lines, arXiv 2605.21937 (2026)
*/
WITH line AS (
  SELECT g.company, g.subject_id, g.day, g.value, bit_or(g.hours) AS hours, min(g.first_at) AS first_at, max(g.last_at) AS last_at,
         max(f.latitude) AS latitude, max(f.longitude) AS longitude, min(g.first_ref) AS ref
  FROM sighting AS g JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value AND f.latitude IS NOT NULL AND f.longitude IS NOT NULL
  WHERE g.via IN ('sign_in:ip', 'activity:ip', 'meeting:ip') AND coalesce(f.network, 'residential') = 'residential'
    AND f.infrastructure_of IS NULL AND NOT (coalesce(f.holders, 1) > 2 AND f.companies = 1)
  GROUP BY g.company, g.subject_id, g.day, g.value),
reach AS (
  SELECT 1 AS times, 300 AS km UNION ALL SELECT 2, 1800 UNION ALL SELECT 4, 2700 UNION ALL SELECT 8, 3600
  UNION ALL SELECT 16, 4500 UNION ALL SELECT 32, 5400 UNION ALL SELECT 64, 6300),
met AS (
  SELECT x.company, x.subject_id, x.day, x.value, y.value AS other, km(x.latitude, x.longitude, y.latitude, y.longitude) AS away,
         x.hours, y.hours AS other_hours, greatest(x.first_at, y.first_at) AS first_at, least(x.last_at, y.last_at) AS last_at, x.ref, y.ref AS ref_2
  FROM line AS x JOIN line AS y ON y.company = x.company AND y.subject_id = x.subject_id AND y.day = x.day AND y.value > x.value),
together AS (
  SELECT m.* FROM met AS m WHERE EXISTS (
    SELECT 1 FROM reach AS r WHERE m.away > r.km AND ((m.hours * r.times & m.other_hours) <> 0 OR (m.hours & m.other_hours * r.times) <> 0))),
pair AS (
  SELECT company, subject_id, value, other, count(*) AS active_days FROM together GROUP BY company, subject_id, value, other HAVING count(*) >= 3)
SELECT t.company, t.subject_id, least(min(t.first_at), min(t.last_at)) AS first_at, greatest(max(t.first_at), max(t.last_at)) AS last_at,
       CASE WHEN max(minutes_between(t.first_at, t.last_at)) >= 60 THEN 1.0 ELSE 0.6 END
         * CASE WHEN days_between(min(t.day), max(t.day)) <= 10 THEN 0.5 ELSE least(1.0, count(DISTINCT t.day) / 10e0) END AS strength,
       max_by(t.value, in_order(p.active_days, t.value || t.other)) AS value, count(DISTINCT t.day) AS days, round(max(t.away)) AS km, min(t.ref) AS ref, min(t.ref_2) AS ref_2
FROM together AS t JOIN pair AS p ON p.company = t.company AND p.subject_id = t.subject_id AND p.value = t.value AND p.other = t.other
GROUP BY t.company, t.subject_id
