/*
id: takeover_burst
title: A few days of somebody else in the account
claim: stewardship
basis: behaviour
says: "From {first_at} to {last_at} the account was also used from {lines} addresses seen neither before nor after, {km} km from the usual place or behind an exit, while the usual use went on. Signs: {signs}."
benign:
  - a short journey with a borrowed or new computer, while a computer at home goes on by itself
  - a VPN tried once, on the day on which a telephone was replaced
  - a colleague or technician who was let in
resolve: call the person on a known number, end all sessions, and ask which of the factors are theirs
reads: [sign_in, credential, activity, value_fact]
needs: [sign_in.ip, sign_in.latitude | value_fact.latitude, sign_in.outcome | credential.ip | activity.ip]
weights: {elsewhere: 0, overextended: 0, hijacked: 30, stand_in: 2}
why: >
  An intruder tries until he is let in, with a browser of his own, at once from elsewhere, makes sure to be able to return (a factor of his own) or takes what there is, and is gone; the owner
  meanwhile works as ever, where no journey could have brought them. Each sign alone happens to travellers and VPN users; a browser never used before or since with a changed factor or an unusual amount done, or three of the five
  signs, hardly to anybody who goes on as usual: author's judgement, a likelihood ratio of 700 to 1,000; such a browser after refused attempts, 250. Who lives or works elsewhere does not do it for
  five days only, and a stand-in has no owner who goes on. Addresses count that an account with ten days of use saw first after a fortnight and for five days at the most, over 300 km from the
  usual line or behind an exit.
group: takeover
state: live
attack: [T1078.004, T1556.006, T1110]
refs:
  - published rules for sign-ins by new device, place and proxy (2025)
*/
WITH tried AS (
  SELECT s.company, s.subject_id, s.ip, s.occurred_at, CAST(s.occurred_at AS DATE) AS day, s.user_agent, coalesce(s.outcome, 'success') = 'success' AS is_in, s.event_ref,
         coalesce(s.latitude, f.latitude) AS latitude, coalesce(s.longitude, f.longitude) AS longitude,
         coalesce(s.is_proxy, false) OR coalesce(f.network, '') IN ('proxy', 'hosting') AS is_exit
  FROM sign_in AS s LEFT JOIN value_fact AS f ON f.kind = 'ip' AND f.value = s.ip
  WHERE f.infrastructure_of IS NULL AND coalesce(f.network, '') NOT IN ('mobile', 'relay')),
place AS (
  SELECT company, subject_id, ip, min(day) AS from_on, max(day) AS until_on, count(DISTINCT CASE WHEN is_in THEN day END) AS days_in, bool_or(is_exit) AS is_exit,
         max(latitude) AS latitude, max(longitude) AS longitude
  FROM tried GROUP BY company, subject_id, ip),
account AS (
  SELECT company, subject_id, min(from_on) AS since_on, max_by(latitude, CASE WHEN NOT is_exit AND latitude IS NOT NULL THEN in_order(days_in, ip) END) AS latitude,
         max_by(longitude, CASE WHEN NOT is_exit AND latitude IS NOT NULL THEN in_order(days_in, ip) END) AS longitude
  FROM place GROUP BY company, subject_id),
used AS (SELECT company, subject_id, count(DISTINCT day) AS days_used, max(day) AS last_on FROM tried WHERE is_in GROUP BY company, subject_id),
strange AS (
  SELECT p.company, p.subject_id, p.ip, p.from_on, p.until_on, p.is_exit, p.latitude, p.longitude, km(p.latitude, p.longitude, a.latitude, a.longitude) AS away
  FROM place AS p JOIN account AS a ON a.company = p.company AND a.subject_id = p.subject_id JOIN used AS u ON u.company = p.company AND u.subject_id = p.subject_id
  WHERE u.days_used >= 10 AND days_between(a.since_on, p.from_on) >= 14 AND days_between(p.from_on, p.until_on) < 5
    AND (p.is_exit OR km(p.latitude, p.longitude, a.latitude, a.longitude) > 300)),
day_of_strange AS (
  SELECT t.company, t.subject_id, t.day, lag(t.day) OVER (PARTITION BY t.company, t.subject_id ORDER BY t.day) AS before_on
  FROM (SELECT DISTINCT x.company, x.subject_id, x.day FROM tried AS x JOIN strange AS s ON s.company = x.company AND s.subject_id = x.subject_id AND s.ip = x.ip) AS t),
numbered AS (
  SELECT company, subject_id, day, sum(CASE WHEN before_on IS NULL OR days_between(before_on, day) > 2 THEN 1 ELSE 0 END) OVER (PARTITION BY company, subject_id ORDER BY day) AS burst
  FROM day_of_strange),
event AS (
  SELECT t.company, t.subject_id, n.burst, t.ip, t.day, t.occurred_at, t.user_agent, t.is_in, t.event_ref, s.away, s.is_exit
  FROM tried AS t JOIN strange AS s ON s.company = t.company AND s.subject_id = t.subject_id AND s.ip = t.ip
  JOIN numbered AS n ON n.company = t.company AND n.subject_id = t.subject_id AND n.day = t.day),
burst AS (
  SELECT company, subject_id, burst, min(occurred_at) AS first_at, max(occurred_at) AS last_at, count(DISTINCT ip) AS lines, max(CASE WHEN NOT is_exit THEN away END) AS away,
         count_if(NOT is_in) AS refused, min(event_ref) AS ref, max(event_ref) AS ref_2, min(ip) AS value
  FROM event GROUP BY company, subject_id, burst HAVING bool_or(is_in) AND days_between(min(day), max(day)) < 5),
own_agent AS (
  SELECT t.company, t.subject_id, t.user_agent, count_if(s.ip IS NULL) AS usual FROM tried AS t
  LEFT JOIN strange AS s ON s.company = t.company AND s.subject_id = t.subject_id AND s.ip = t.ip
  GROUP BY t.company, t.subject_id, t.user_agent),
agent AS (
  SELECT DISTINCT e.company, e.subject_id, e.burst FROM event AS e
  JOIN own_agent AS o ON o.company = e.company AND o.subject_id = e.subject_id AND o.user_agent = e.user_agent WHERE o.usual = 0),
changed AS (
  SELECT DISTINCT b.company, b.subject_id, b.burst FROM burst AS b
  JOIN credential AS c ON c.company = b.company AND c.subject_id = b.subject_id AND CAST(c.occurred_at AS DATE) BETWEEN CAST(b.first_at AS DATE) AND CAST(b.last_at AS DATE)
  JOIN strange AS s ON s.company = c.company AND s.subject_id = c.subject_id AND s.ip = c.ip
  WHERE coalesce(c.action, 'added') <> 'removed'),
done AS (
  SELECT a.company, a.subject_id, CAST(a.occurred_at AS DATE) AS day, s.ip IS NOT NULL AS is_strange, sum(coalesce(a.count, 1)) AS actions FROM activity AS a
  LEFT JOIN strange AS s ON s.company = a.company AND s.subject_id = a.subject_id AND s.ip = a.ip
  GROUP BY a.company, a.subject_id, CAST(a.occurred_at AS DATE), s.ip IS NOT NULL),
most AS (SELECT company, subject_id, max(CASE WHEN NOT is_strange THEN actions ELSE 0 END) AS usual FROM done GROUP BY company, subject_id),
bulk AS (
  SELECT DISTINCT b.company, b.subject_id, b.burst FROM burst AS b
  JOIN done AS d ON d.company = b.company AND d.subject_id = b.subject_id AND d.day BETWEEN CAST(b.first_at AS DATE) AND CAST(b.last_at AS DATE) AND d.is_strange
  JOIN most AS m ON m.company = d.company AND m.subject_id = d.subject_id
  WHERE d.actions >= 8 AND d.actions > 2 * m.usual),
apart AS (
  SELECT DISTINCT e.company, e.subject_id, e.burst FROM event AS e
  JOIN tried AS t ON t.company = e.company AND t.subject_id = e.subject_id AND t.is_in AND abs(days_between(e.day, t.day)) <= 1
  LEFT JOIN strange AS s ON s.company = t.company AND s.subject_id = t.subject_id AND s.ip = t.ip
  WHERE s.ip IS NULL AND e.is_in AND NOT e.is_exit AND e.away > 300 + 900 * abs(minutes_between(e.occurred_at, t.occurred_at)) / 60),
told AS (
  SELECT b.*, CASE WHEN b.refused >= 2 THEN 1 ELSE 0 END AS is_refused, CASE WHEN g.burst IS NULL THEN 0 ELSE 1 END AS is_new_agent, CASE WHEN c.burst IS NULL THEN 0 ELSE 1 END AS is_changed,
         CASE WHEN k.burst IS NULL THEN 0 ELSE 1 END AS is_bulk, CASE WHEN p.burst IS NULL THEN 0 ELSE 1 END AS is_apart
  FROM burst AS b JOIN used AS u ON u.company = b.company AND u.subject_id = b.subject_id AND u.last_on > CAST(b.last_at AS DATE)
  LEFT JOIN agent AS g ON g.company = b.company AND g.subject_id = b.subject_id AND g.burst = b.burst
  LEFT JOIN changed AS c ON c.company = b.company AND c.subject_id = b.subject_id AND c.burst = b.burst
  LEFT JOIN bulk AS k ON k.company = b.company AND k.subject_id = b.subject_id AND k.burst = b.burst
  LEFT JOIN apart AS p ON p.company = b.company AND p.subject_id = b.subject_id AND p.burst = b.burst),
scored AS (
  SELECT *, is_refused + is_new_agent + is_changed + is_bulk + is_apart AS n FROM told WHERE is_refused + is_changed + is_bulk > 0)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, max(CASE WHEN n >= 4 THEN 1.0 WHEN n = 3 THEN 0.97 WHEN is_refused = 1 THEN 0.8 ELSE 0.95 END) AS strength, min(value) AS value,
       sum(lines) AS lines, round(max(away)) AS km,
       max_by(concat_ws(', ', CASE WHEN is_refused = 1 THEN 'refused attempts' END, CASE WHEN is_new_agent = 1 THEN 'a browser never used else' END,
         CASE WHEN is_changed = 1 THEN 'a login factor changed' END, CASE WHEN is_bulk = 1 THEN 'an unusual amount done' END,
         CASE WHEN is_apart = 1 THEN 'too far from the owner for any journey' END), in_order(n, burst)) AS signs, min(ref) AS ref, max(ref_2) AS ref_2
FROM scored WHERE n >= 3 OR (n = 2 AND is_new_agent = 1) GROUP BY company, subject_id
