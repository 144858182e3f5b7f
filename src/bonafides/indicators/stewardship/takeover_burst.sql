/*
id: takeover_burst
title: A few days of somebody else in the account
claim: stewardship
basis: behaviour
says: From {first_at} to {last_at} the account was also used over {lines} lines seen neither before nor after, {km} km from the usual place or behind an exit, {what}, while the usual line went on.
benign:
  - a short journey with a new telephone, while a computer at home goes on by itself
  - a VPN tried once, on the day on which a telephone was replaced
  - a colleague or technician who was let in
resolve: call the person on a known number, end all sessions, and ask which of the factors are theirs
reads: [sighting, value_fact]
needs: [sign_in.ip | activity.ip | credential.ip, value_fact.latitude]
weights: {elsewhere: 0, overextended: 0, hijacked: 30, stand_in: 2}
why: >
  An intruder comes at once from elsewhere, makes sure to be able to return (a factor of their own) or takes what there is, and is gone; the owner meanwhile works as ever.
  Who lives or works elsewhere does not do it for five days only, and a stand-in has no owner who goes on. Author's judgement, a likelihood ratio of 1,000 for all of it
  together: each part alone happens to travellers and VPN users, all of it while the owner works on at the usual place to hardly anybody. A far line (or, taken as one, all exits) must be used within five days and neither before nor after, not even by the computer alone, following two weeks of
  ordinary use, and the usual place within two hours of it: no journey is as quick. From there a factor must have been changed, or in one day at least ten things and twice as
  many done as on the person's own busiest day. Mobile lines and relays are not placed.
group: takeover
state: live
attack: [T1078.004, T1556.006]
refs:
  - published rules for sign-ins by new device, place and proxy (2025)
*/
WITH used AS (
  SELECT g.company, g.subject_id, g.value, g.day, coalesce(f.network, 'residential') AS network, max(f.latitude) AS latitude, max(f.longitude) AS longitude,
         sum(CASE WHEN g.via = 'activity:ip' THEN g.n ELSE 0 END) AS actions, bool_or(g.via = 'credential:ip') AS has_changed,
         bool_or(g.via IN ('sign_in:ip', 'activity:ip', 'meeting:ip')) AS is_account,
         min(g.first_at) AS first_at, max(g.last_at) AS last_at, min(g.first_ref) AS ref, max(g.last_ref) AS ref_2
  FROM sighting AS g JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value AND f.kind = 'ip'
  WHERE f.infrastructure_of IS NULL
  GROUP BY g.company, g.subject_id, g.value, g.day, coalesce(f.network, 'residential')),
line AS (
  SELECT company, subject_id, value, CASE WHEN max(latitude) IS NULL THEN 0 ELSE count(*) END AS active_days, max(latitude) AS latitude, max(longitude) AS longitude
  FROM used WHERE network IN ('residential', 'business') GROUP BY company, subject_id, value),
home AS (
  SELECT company, subject_id, max_by(latitude, in_order(active_days, value)) AS latitude, max_by(longitude, in_order(active_days, value)) AS longitude
  FROM line GROUP BY company, subject_id),
told AS (
  SELECT *, coalesce(network IN ('proxy', 'hosting') OR (network IN ('residential', 'business') AND away > 300), false) AS is_strange,
         coalesce(network NOT IN ('proxy', 'hosting') AND away < 100, false) AS is_usual,
         CASE WHEN network IN ('proxy', 'hosting') THEN 'exit' ELSE value END AS place
  FROM (SELECT u.*, CASE WHEN u.latitude IS NOT NULL THEN km(u.latitude, u.longitude, h.latitude, h.longitude) END AS away
        FROM used AS u JOIN home AS h ON h.company = u.company AND h.subject_id = u.subject_id) AS placed),
usual AS (
  SELECT company, subject_id, day, sum(actions) AS actions, min(first_at) AS first_at, max(last_at) AS last_at FROM told WHERE is_usual AND is_account GROUP BY company, subject_id, day),
custom AS (
  SELECT company, subject_id, min(day) AS since_on, max(actions) AS most FROM usual GROUP BY company, subject_id HAVING count(*) >= 10),
daily AS (
  SELECT company, subject_id, place, day, sum(actions) AS actions, count(DISTINCT value) AS lines, max(away) AS away, bool_or(has_changed) AS has_changed,
         min(first_at) AS first_at, max(last_at) AS last_at, min(ref) AS ref, max(ref_2) AS ref_2, min(value) AS value
  FROM told WHERE is_strange GROUP BY company, subject_id, place, day),
burst AS (
  SELECT company, subject_id, place, min(day) AS from_on, min(first_at) AS first_at, max(last_at) AS last_at, max(lines) AS lines, max(away) AS away,
         bool_or(has_changed) AS has_changed, max(actions) AS most, min(ref) AS ref, max(ref_2) AS ref_2, min(value) AS value
  FROM daily GROUP BY company, subject_id, place HAVING days_between(min(day), max(day)) < 5),
kept AS (
  SELECT b.*, b.most >= 10 AND b.most > 2 * c.most AS is_bulk
  FROM burst AS b JOIN custom AS c ON c.company = b.company AND c.subject_id = b.subject_id
  WHERE days_between(c.since_on, b.from_on) >= 14 AND (b.has_changed OR (b.most >= 10 AND b.most > 2 * c.most))
    AND EXISTS (SELECT 1 FROM usual AS u WHERE u.company = b.company AND u.subject_id = b.subject_id
                  AND minutes_between(u.last_at, b.first_at) <= 120 AND minutes_between(b.last_at, u.first_at) <= 120))
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, CASE WHEN bool_or(has_changed) AND bool_or(is_bulk) THEN 1.0 ELSE 0.95 END AS strength,
       min(value) AS value, sum(lines) AS lines, max(away) AS km,
       CASE WHEN bool_or(has_changed) THEN 'a login factor was changed there' ELSE 'up to ' || CAST(max(most) AS VARCHAR) || ' things were done there in a day' END AS what,
       min(ref) AS ref, max(ref_2) AS ref_2
FROM kept GROUP BY company, subject_id
