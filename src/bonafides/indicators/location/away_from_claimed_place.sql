/*
id: away_from_claimed_place
title: Weeks on end of work from far from the claimed home
claim: location
basis: network
says: "In {weeks} weeks on end, till lately, the working days over lines that stay in one place were spent {km} km and more from the claimed home ({days} days)."
benign:
  - a move of which HR has not heard
  - a second home, or months with a relative who needs care
  - an agreed stay elsewhere that HR did not write down
  - a provider whose address databases put in a wrong place
resolve: ask where the person works from
reads: [sighting, value_fact, subject]
needs: [sign_in.ip | activity.ip | meeting.ip | process.ip | connection.ip, value_fact.latitude, subject.latitude]
weights: {elsewhere: 24, overextended: 1, hijacked: 0, stand_in: 9}
why: >
  A laptop farm stands where the facilitator lives and a stolen address where its owner does; but most people who work far from their papers' address are the
  right ones in an undisclosed place. Sign-in vendors place fixed lines within 3 to 16 km by the median, but a sixth of American ones over 40 km off, and some for good at their provider's
  hub in the next state: so under 200 km nothing is said, and under 500 km (the catalogue's distance) only if lines of two providers agree; mobile, rented and companies' exits do not count. A line whose
  kind is not known may be any of them, so it must be steady (five days) and hardly shared. A day with a line near home, or in an office (the company's own, or a line of business that five people use), is a day at home. Five weeks in which four days of five are spent
  away outlast holidays and family visits; the last of them must be lately, since whoever moved and told HR has older weeks at the former home. Twenty days of about one place; from 1,000 km on any
  place and five days do, for whoever hides behind an exit shows where they are only now and then. One provider's lines may all be placed at its hub (full weight at 1,500 km, half at 750 and less; two
  providers': at 1,000), and a block of addresses (IPv4 /16, IPv6 /48) that serves the claimed home as well says nothing within 1,500 km. A line shared on three days with somebody who claims a home there is as well a partner's
  whom HR has not heard of: four tenths.
group: geo
state: live
attack: []
refs:
  - geolocation error of fixed lines, arXiv 2605.21937 (2026)
  - FBI PSA 231018 (2023-10-18)
*/
WITH steady AS (
  SELECT company, subject_id, value FROM sighting GROUP BY company, subject_id, value HAVING count(DISTINCT day) >= 5),
line AS (
  SELECT g.company, g.subject_id, g.day, g.value, g.first_at, g.last_at, g.first_ref, f.latitude, f.longitude, coalesce(f.as_org, CAST(f.asn AS VARCHAR)) AS owner,
         coalesce(part_of(g.value, '^([0-9]+[.][0-9]+)[.]'), part_of(g.value, '^([0-9a-f]+:[0-9a-f]+:[0-9a-f]+):'), g.value) AS pool,
         km(f.latitude, f.longitude, s.latitude, s.longitude) AS away,
         f.infrastructure_of IS NULL AND coalesce(f.network, 'residential') = 'residential' AND s.latitude IS NOT NULL AND km(f.latitude, f.longitude, s.latitude, s.longitude) > 200 AS is_away
  FROM sighting AS g
  JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
  JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
  LEFT JOIN steady AS t ON t.company = g.company AND t.subject_id = g.subject_id AND t.value = g.value
  WHERE g.via IN ('sign_in:ip', 'activity:ip', 'meeting:ip', 'process:ip', 'connection:ip')
    AND (f.infrastructure_of IS NOT NULL OR (f.latitude IS NOT NULL AND (f.network = 'residential' OR (f.network IS NULL AND f.holders <= 2 AND t.value IS NOT NULL)
      OR (f.network NOT IN ('proxy', 'hosting', 'relay', 'mobile') AND (f.holders >= 5 OR km(f.latitude, f.longitude, s.latitude, s.longitude) <= 200)))))),
at_home AS (SELECT DISTINCT company, subject_id, pool FROM line WHERE NOT is_away),
far AS (
  SELECT l.* FROM line AS l LEFT JOIN at_home AS h ON h.company = l.company AND h.subject_id = l.subject_id AND h.pool = l.pool
  WHERE NOT l.is_away OR h.pool IS NULL OR l.away > 1500),
place AS (
  SELECT company, subject_id, median(latitude) AS latitude, median(longitude) AS longitude, count(DISTINCT owner) AS owners FROM far WHERE is_away GROUP BY company, subject_id),
partner AS (
  SELECT l.company, l.subject_id
  FROM far AS l
  JOIN sighting AS g ON g.kind = 'ip' AND g.value = l.value AND g.day = l.day AND (g.company <> l.company OR g.subject_id <> l.subject_id)
  JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
  WHERE l.is_away AND km(l.latitude, l.longitude, s.latitude, s.longitude) < 100
  GROUP BY l.company, l.subject_id HAVING count(DISTINCT l.day) >= 3),
daily AS (
  SELECT l.company, l.subject_id, l.day, bool_and(l.is_away AND (l.away > 1000 OR km(l.latitude, l.longitude, p.latitude, p.longitude) <= 100)) AS is_away, min(l.away) AS away, max(p.owners) AS owners,
         max_by(l.value, in_order(l.away, l.value)) AS value, min(l.first_at) AS first_at, max(l.last_at) AS last_at, min(l.first_ref) AS ref
  FROM far AS l JOIN place AS p ON p.company = l.company AND p.subject_id = l.subject_id
  GROUP BY l.company, l.subject_id, l.day),
turn AS (
  SELECT *, NOT is_away AND coalesce(NOT lag(is_away) OVER w, true) AS is_home_again, max(day) OVER (PARTITION BY company, subject_id) AS last_on
  FROM daily WINDOW w AS (PARTITION BY company, subject_id ORDER BY day)),
stay AS (
  SELECT *, sum(CASE WHEN is_home_again THEN 1 ELSE 0 END) OVER (PARTITION BY company, subject_id ORDER BY day) AS stay FROM turn),
spent AS (
  SELECT company, subject_id, stay, count(DISTINCT CASE WHEN is_away THEN date_trunc('week', day) END) AS weeks, count_if(is_away) AS days, count_if(NOT is_away AND NOT is_home_again) AS home_days,
         min(CASE WHEN is_away THEN away END) AS away, max(owners) AS owners, max_by(value, CASE WHEN is_away THEN in_order(day, value) END) AS value,
         min(CASE WHEN is_away THEN first_at END) AS first_at, max(CASE WHEN is_away THEN last_at END) AS last_at, min(CASE WHEN is_away THEN ref END) AS ref, max(last_on) AS last_on
  FROM stay GROUP BY company, subject_id, stay)
SELECT w.company, w.subject_id, w.first_at, w.last_at,
       least(1.0, 0.7 + w.days / 60e0) * CASE WHEN p.subject_id IS NULL THEN 1.0 ELSE 0.4 END
         * CASE WHEN w.owners > 1 THEN least(1.0, greatest(0.5, w.away / 1000e0)) WHEN w.away > 500 THEN least(1.0, greatest(0.5, w.away / 1500e0)) ELSE 0.0 END AS strength, w.value,
       w.weeks, round(w.away) AS km, w.days, w.ref
FROM spent AS w LEFT JOIN partner AS p ON p.company = w.company AND p.subject_id = w.subject_id
WHERE w.weeks >= 4 AND w.days >= 4 * w.home_days AND days_between(w.first_at, w.last_at) >= 35 AND days_between(w.last_at, w.last_on) <= 30
  AND (w.days >= 20 OR (w.days >= 5 AND w.away > 1000))
