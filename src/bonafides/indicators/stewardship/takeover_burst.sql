/*
id: takeover_burst
title: A few days of somebody else in the account
claim: stewardship
basis: behaviour
says: "From {first_at} to {last_at} the account was also used from {lines} addresses seen neither before nor after, {km} km from the usual place, in another country or behind an exit, while the usual use went on. Signs: {signs}."
benign:
  - a short journey with a borrowed or new computer, while a computer at home goes on by itself
  - a VPN tried once, on the day on which a telephone was replaced
  - a colleague or technician who was let in
resolve: call the person on a known number, end all sessions, and ask which of the factors are theirs
reads: [sign_in, credential, activity, value_fact, cleaned, subject]
needs: [sign_in.ip, sign_in.latitude | value_fact.latitude | value_fact.country, sign_in.outcome | credential.ip | activity.ip]
weights: {elsewhere: 0, overextended: 0, hijacked: 30, stand_in: 2}
why: >
  An intruder tries until he is let in, with a browser of his own, at once from elsewhere, makes sure to be able to return (a factor of his own), hides what he does (a rule that moves or forwards
  mail) or takes what there is, and is gone; the owner meanwhile works as ever, where no journey could have brought them. Each sign alone happens to travellers and VPN users; a browser never used
  before or since with a changed factor, a rule for mail or an unusual amount done, or three of the six signs, hardly to anybody who goes on as usual: author's judgement, a likelihood ratio of 700
  to 1,000; such a browser after refused attempts, 250. Who lives or works elsewhere does not do it for six days only, and a stand-in has no owner who goes on. Addresses count that an account with
  ten days of use saw for six days at the most, over 300 km from the usual line and from the claimed home (where no place is known, in another country than both), or behind an exit: first after a fortnight, or with three days of use before and ten after, since a newcomer's first days are all
  new while logs begin somewhere in an old hand's life. Who works through the company's own gateway or office has no usual line but goes on all the same. Signs within three days of one another are one visit.
group: takeover
state: live
attack: [T1078.004, T1556.006, T1110, T1564.008, T1114.003]
refs:
  - published rules for sign-ins by new device, place and proxy (2025)
*/
WITH done AS (
  SELECT company, subject_id, ip, occurred_at, user_agent, coalesce(outcome, 'success') = 'success' AS is_in, event_ref, latitude, longitude, coalesce(is_proxy, false) AS is_proxy,
         'sign_in' AS what, 0 AS amount FROM sign_in
  UNION ALL
  SELECT company, subject_id, ip, occurred_at, CAST(NULL AS VARCHAR), true, event_ref, CAST(NULL AS DOUBLE), CAST(NULL AS DOUBLE), false,
         CASE WHEN coalesce(action, 'added') <> 'removed' THEN 'factor' ELSE 'other' END, 0 FROM credential
  UNION ALL
  SELECT company, subject_id, ip, occurred_at, CAST(NULL AS VARCHAR), true, event_ref, CAST(NULL AS DOUBLE), CAST(NULL AS DOUBLE), false,
         CASE WHEN matches(lower(action), 'inbox.?rule|mail.{0,20}forward') THEN 'rule' ELSE 'activity' END, coalesce(count, 1) FROM activity),
tried AS (
  SELECT d.company, d.subject_id, coalesce(c.value, d.ip) AS line, d.occurred_at, CAST(d.occurred_at AS DATE) AS day, d.user_agent, d.is_in, d.event_ref, d.what, d.amount,
         coalesce(d.latitude, f.latitude) AS latitude, coalesce(d.longitude, f.longitude) AS longitude, f.country,
         d.is_proxy OR coalesce(f.network, '') IN ('proxy', 'hosting') AS is_exit,
         f.infrastructure_of IS NOT NULL OR coalesce(f.network, '') IN ('mobile', 'relay') AS is_anywhere
  FROM done AS d LEFT JOIN cleaned AS c ON c.kind = 'ip' AND c.raw = d.ip LEFT JOIN value_fact AS f ON f.kind = 'ip' AND f.value = coalesce(c.value, d.ip)),
place AS (
  SELECT company, subject_id, line, min(day) AS from_on, max(day) AS until_on, count(DISTINCT CASE WHEN is_in THEN day END) AS days_in, bool_or(is_exit) AS is_exit,
         bool_or(is_anywhere) AS is_anywhere, max(latitude) AS latitude, max(longitude) AS longitude, max(country) AS country
  FROM tried GROUP BY company, subject_id, line),
account AS (
  SELECT p.company, p.subject_id, min(p.from_on) AS since_on, max_by(p.line, CASE WHEN NOT p.is_exit AND NOT p.is_anywhere AND p.latitude IS NOT NULL THEN in_order(p.days_in, p.line) END) AS line,
         max_by(p.country, CASE WHEN NOT p.is_exit AND NOT p.is_anywhere AND p.country IS NOT NULL THEN in_order(p.days_in, p.line) END) AS usual_country,
         max(s.latitude) AS latitude, max(s.longitude) AS longitude, max(s.country) AS country
  FROM place AS p LEFT JOIN subject AS s ON s.company = p.company AND s.subject_id = p.subject_id GROUP BY p.company, p.subject_id),
placed AS (
  SELECT p.*, a.since_on, least(km(p.latitude, p.longitude, a.latitude, a.longitude), CASE WHEN u.line <> p.line THEN km(p.latitude, p.longitude, u.latitude, u.longitude) END) AS away,
         p.country NOT IN (a.usual_country, coalesce(a.country, a.usual_country)) AS is_abroad
  FROM place AS p JOIN account AS a ON a.company = p.company AND a.subject_id = p.subject_id
  LEFT JOIN place AS u ON u.company = a.company AND u.subject_id = a.subject_id AND u.line = a.line),
in_use AS (
  SELECT company, subject_id, day, sum(is_used) OVER (PARTITION BY company, subject_id ORDER BY day) AS so_far, sum(is_used) OVER (PARTITION BY company, subject_id) AS days_used, is_used
  FROM (SELECT company, subject_id, day, max(CASE WHEN is_in THEN 1 ELSE 0 END) AS is_used FROM tried GROUP BY company, subject_id, day) AS t),
strange AS (
  SELECT p.company, p.subject_id, p.line, p.is_exit, p.away
  FROM placed AS p
  JOIN in_use AS b ON b.company = p.company AND b.subject_id = p.subject_id AND b.day = p.from_on
  JOIN in_use AS u ON u.company = p.company AND u.subject_id = p.subject_id AND u.day = p.until_on
  WHERE b.days_used >= 10 AND days_between(p.from_on, p.until_on) < 6 AND NOT p.is_anywhere
    AND (days_between(p.since_on, p.from_on) >= 14 OR (b.so_far - b.is_used >= 3 AND u.days_used - u.so_far >= 10))
    AND (p.is_exit OR p.away > 300 OR (p.away IS NULL AND p.is_abroad))),
marked AS (
  SELECT t.company, t.subject_id, t.line, t.day, t.occurred_at, t.user_agent, t.is_in, t.event_ref, t.what, t.amount, t.is_anywhere, s.away, s.is_exit, s.line IS NOT NULL AS is_strange
  FROM tried AS t LEFT JOIN strange AS s ON s.company = t.company AND s.subject_id = t.subject_id AND s.line = t.line),
event AS (SELECT * FROM marked WHERE is_strange),
day_of_strange AS (
  SELECT d.company, d.subject_id, d.day, lag(d.day) OVER (PARTITION BY d.company, d.subject_id ORDER BY d.day) AS before_on
  FROM (SELECT DISTINCT company, subject_id, day FROM event) AS d),
numbered AS (
  SELECT company, subject_id, day, sum(CASE WHEN before_on IS NULL OR days_between(before_on, day) > 3 THEN 1 ELSE 0 END) OVER (PARTITION BY company, subject_id ORDER BY day) AS burst
  FROM day_of_strange),
visit AS (
  SELECT e.*, n.burst FROM event AS e JOIN numbered AS n ON n.company = e.company AND n.subject_id = e.subject_id AND n.day = e.day),
own_agent AS (
  SELECT company, subject_id, user_agent, count_if(NOT is_strange) AS usual FROM marked GROUP BY company, subject_id, user_agent),
owner AS (
  SELECT company, subject_id, max(actions) AS most, max(CASE WHEN is_in THEN day END) AS until_on FROM (
    SELECT company, subject_id, day, sum(amount) AS actions, bool_or(is_in) AS is_in FROM marked WHERE NOT is_strange GROUP BY company, subject_id, day) AS d
  GROUP BY company, subject_id),
busiest AS (
  SELECT company, subject_id, burst, max(actions) AS actions FROM (
    SELECT company, subject_id, burst, day, sum(amount) AS actions FROM visit GROUP BY company, subject_id, burst, day) AS d
  GROUP BY company, subject_id, burst),
apart AS (
  SELECT DISTINCT e.company, e.subject_id, e.burst FROM visit AS e
  JOIN marked AS t ON t.company = e.company AND t.subject_id = e.subject_id AND t.is_in AND t.what = 'sign_in' AND NOT t.is_anywhere AND abs(days_between(e.day, t.day)) <= 1
  WHERE NOT t.is_strange AND e.is_in AND NOT e.is_exit AND e.away > 300 + 900 * abs(minutes_between(e.occurred_at, t.occurred_at)) / 60),
burst AS (
  SELECT v.company, v.subject_id, v.burst, min(v.occurred_at) AS first_at, max(v.occurred_at) AS last_at, count(DISTINCT v.line) AS lines, max(CASE WHEN NOT v.is_exit THEN v.away END) AS away,
         CASE WHEN count_if(NOT v.is_in) >= 2 THEN 1 ELSE 0 END AS is_refused, CASE WHEN bool_or(o.usual = 0) THEN 1 ELSE 0 END AS is_new_agent,
         CASE WHEN bool_or(v.what = 'factor') THEN 1 ELSE 0 END AS is_changed, CASE WHEN bool_or(v.what = 'rule') THEN 1 ELSE 0 END AS is_rule,
         min(v.event_ref) AS ref, max(v.event_ref) AS ref_2, min(v.line) AS value
  FROM visit AS v LEFT JOIN own_agent AS o ON o.company = v.company AND o.subject_id = v.subject_id AND o.user_agent = v.user_agent
  GROUP BY v.company, v.subject_id, v.burst HAVING bool_or(v.is_in) AND days_between(min(v.day), max(v.day)) < 6),
told AS (
  SELECT b.*, CASE WHEN g.actions >= 8 AND g.actions > 2 * m.most THEN 1 ELSE 0 END AS is_bulk, CASE WHEN p.burst IS NULL THEN 0 ELSE 1 END AS is_apart
  FROM burst AS b JOIN owner AS m ON m.company = b.company AND m.subject_id = b.subject_id AND m.until_on > CAST(b.last_at AS DATE)
  LEFT JOIN busiest AS g ON g.company = b.company AND g.subject_id = b.subject_id AND g.burst = b.burst
  LEFT JOIN apart AS p ON p.company = b.company AND p.subject_id = b.subject_id AND p.burst = b.burst),
scored AS (
  SELECT *, is_refused + is_new_agent + is_changed + is_rule + is_bulk + is_apart AS n FROM told WHERE is_refused + is_changed + is_rule + is_bulk > 0)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, max(CASE WHEN n >= 4 THEN 1.0 WHEN n = 3 THEN 0.97 WHEN is_refused = 1 THEN 0.8 ELSE 0.95 END) AS strength, min(value) AS value,
       sum(lines) AS lines, round(max(away)) AS km,
       max_by(concat_ws(', ', CASE WHEN is_refused = 1 THEN 'refused attempts' END, CASE WHEN is_new_agent = 1 THEN 'a browser never used else' END,
         CASE WHEN is_changed = 1 THEN 'a login factor changed' END, CASE WHEN is_rule = 1 THEN 'a rule for mail made' END, CASE WHEN is_bulk = 1 THEN 'an unusual amount done' END,
         CASE WHEN is_apart = 1 THEN 'too far from the owner for any journey' END), in_order(n, burst)) AS signs, min(ref) AS ref, max(ref_2) AS ref_2
FROM scored WHERE n >= 3 OR (n = 2 AND is_new_agent = 1) GROUP BY company, subject_id
