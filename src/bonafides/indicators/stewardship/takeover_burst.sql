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
weights: {elsewhere: 0, overextended: 0, hijacked: 14, stand_in: 2}
why: >
  An intruder comes at once from elsewhere, makes sure to be able to return (a factor of their own) or takes what there is, and is gone; the owner meanwhile works as ever.
  Who lives or works elsewhere does not do it for five days only, and a stand-in has no owner who goes on. Author's judgement, a likelihood ratio of 25 for all of it
  together. All use from far lines and exits must lie within five days, after two weeks of ordinary use; some of it on a day on which the usual place was used too; and from those lines a
  factor must have been changed, or thrice as much done in a day as usual and at least 20 things. Mobile lines and relays are not placed.
group: takeover
state: live
attack: [T1078.004, T1556.006]
refs:
  - published rules for sign-ins by new device, place and proxy (2025)
*/
WITH used AS (
  SELECT g.company, g.subject_id, g.value, g.day, coalesce(f.network, 'residential') AS network, max(f.latitude) AS latitude, max(f.longitude) AS longitude,
         sum(CASE WHEN g.via = 'activity:ip' THEN g.n ELSE 0 END) AS actions, bool_or(g.via = 'credential:ip') AS has_changed,
         min(g.first_at) AS first_at, max(g.last_at) AS last_at, min(g.first_ref) AS ref, max(g.last_ref) AS ref_2
  FROM sighting AS g JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
  WHERE g.via IN ('sign_in:ip', 'activity:ip', 'meeting:ip', 'credential:ip') AND f.infrastructure_of IS NULL
  GROUP BY g.company, g.subject_id, g.value, g.day, coalesce(f.network, 'residential')),
line AS (
  SELECT company, subject_id, value, count(*) AS active_days, min(day) AS first_on, max(latitude) AS latitude, max(longitude) AS longitude
  FROM used WHERE network IN ('residential', 'business') AND latitude IS NOT NULL GROUP BY company, subject_id, value),
home AS (
  SELECT company, subject_id, max(active_days) AS active_days, max_by(first_on, in_order(active_days, value)) AS first_on,
         max_by(latitude, in_order(active_days, value)) AS latitude, max_by(longitude, in_order(active_days, value)) AS longitude
  FROM line GROUP BY company, subject_id HAVING max(active_days) >= 10),
told AS (
  SELECT *, coalesce(network IN ('proxy', 'hosting') OR (network IN ('residential', 'business') AND away > 300), false) AS is_strange,
         coalesce(network NOT IN ('proxy', 'hosting') AND away < 100, false) AS is_usual
  FROM (SELECT u.*, h.first_on, CASE WHEN u.latitude IS NOT NULL THEN km(u.latitude, u.longitude, h.latitude, h.longitude) END AS away
        FROM used AS u JOIN home AS h ON h.company = u.company AND h.subject_id = u.subject_id) AS placed),
daily AS (
  SELECT company, subject_id, day, sum(CASE WHEN is_strange THEN actions ELSE 0 END) AS strange_actions, sum(CASE WHEN is_strange THEN 0 ELSE actions END) AS own_actions,
         bool_or(is_strange) AS is_strange, bool_or(is_strange) AND bool_or(is_usual) AS is_both
  FROM told GROUP BY company, subject_id, day),
custom AS (
  SELECT company, subject_id, bool_or(is_both) AS goes_on, max(strange_actions) AS most, avg(own_actions) AS usual FROM daily GROUP BY company, subject_id),
burst AS (
  SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, count(DISTINCT value) AS lines, max(away) AS away, bool_or(has_changed) AS has_changed,
         min(ref) AS ref, max(ref_2) AS ref_2, min(value) AS value
  FROM told WHERE is_strange GROUP BY company, subject_id
  HAVING days_between(min(day), max(day)) < 5 AND days_between(min(first_on), min(day)) >= 14)
SELECT b.company, b.subject_id, b.first_at, b.last_at, CASE WHEN b.has_changed AND c.most >= 20 AND c.most >= 3 * c.usual THEN 1.0 ELSE 0.7 END AS strength, b.value,
       b.lines, b.away AS km, CASE WHEN b.has_changed THEN 'a login factor was changed there' ELSE 'up to ' || CAST(c.most AS VARCHAR) || ' things were done there in a day' END AS what,
       b.ref, b.ref_2
FROM burst AS b JOIN custom AS c ON c.company = b.company AND c.subject_id = b.subject_id
WHERE c.goes_on AND (b.has_changed OR (c.most >= 20 AND c.most >= 3 * c.usual))
