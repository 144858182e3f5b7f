/*
id: session_in_two_places
title: One session goes on in another place with another client
claim: authorship
basis: network
says: "A session went on {km} km away within {minutes} minutes and with another browser ({sessions} such sessions)."
benign:
  - a provider that places a line in the wrong town, together with an update of the browser
  - a session that a browser carries over to the person's second computer, reached by remote control
resolve: close the sessions, sign in anew with a factor that cannot be forwarded, and ask who else has access
reads: [sign_in, value_fact, cleaned]
needs: [sign_in.session_id, sign_in.latitude, sign_in.user_agent]
weights: {elsewhere: 1, overextended: 1, hijacked: 9, stand_in: 2}
why: >
  A session has one browser; where it goes on far away in another one, its cookie was taken or handed on. The catalogue gives it a likelihood ratio of 5
  (2 to 15). Whoever shares an account by agreement signs in by themselves, so an intruder is the first explanation. Exits, carriers and companies' own
  lines are placed anywhere and do not count.
group: takeover
state: live
catalogue: [work-session-token-reuse]
attack: [T1539, T1550.004]
refs:
  - FBI PSA 250123 (2025-01-23)
  - Okta's and Elastic's published detections of shared session tokens (2025)
*/
WITH step AS (
  SELECT s.company, s.subject_id, s.session_id, s.ip, s.occurred_at, s.event_ref AS ref, lag(s.event_ref) OVER w AS ref_2, lag(s.occurred_at) OVER w AS left_at,
         km(s.latitude, s.longitude, lag(s.latitude) OVER w, lag(s.longitude) OVER w) AS away, minutes_between(lag(s.occurred_at) OVER w, s.occurred_at) AS minutes,
         s.user_agent <> lag(s.user_agent) OVER w AS is_other
  FROM sign_in AS s LEFT JOIN cleaned AS c ON c.kind = 'ip' AND c.raw = s.ip LEFT JOIN value_fact AS f ON f.kind = 'ip' AND f.value = coalesce(c.value, s.ip)
  WHERE s.session_id IS NOT NULL AND coalesce(s.outcome, 'success') = 'success' AND NOT coalesce(s.is_proxy, false)
    AND coalesce(f.network, 'residential') = 'residential' AND f.infrastructure_of IS NULL
  WINDOW w AS (PARTITION BY s.company, s.subject_id, s.session_id ORDER BY s.occurred_at, s.event_ref))
SELECT company, subject_id, min(left_at) AS first_at, max(occurred_at) AS last_at, CASE WHEN count(DISTINCT session_id) >= 2 THEN 1.0 ELSE 0.7 END AS strength,
       max_by(ip, in_order(away, ip)) AS value, round(max(away)) AS km, round(min(minutes)) AS minutes, count(DISTINCT session_id) AS sessions, min(ref) AS ref, min(ref_2) AS ref_2
FROM step WHERE away > 500 AND minutes <= 60 AND is_other GROUP BY company, subject_id
