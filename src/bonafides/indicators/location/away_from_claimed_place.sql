/*
id: away_from_claimed_place
title: Months of work from one place far from the claimed home
claim: location
basis: network
says: "In {months} months, the latest among them, most working days over lines that stay in one place were spent {km} km from the claimed home, about one and the same place ({days} days)."
benign:
  - a move of which HR has not heard
  - a second home, or months with a relative who needs care
  - an agreed stay elsewhere that HR did not write down
  - a provider whose address databases put in a wrong place
resolve: ask where the person works from
reads: [sighting, value_fact, subject]
needs: [sign_in.ip | activity.ip | meeting.ip | process.ip | connection.ip, subject.latitude]
weights: {elsewhere: 24, overextended: 1, hijacked: 0, stand_in: 9}
why: >
  A laptop farm stands where the facilitator lives and a stolen address where its owner does; but most people who work far from their papers' address are the
  right ones in an undisclosed place. Sign-in vendors place fixed lines within 3 to 16 km by the median, but a sixth of American ones over 40 km off, and some for good at their provider's
  hub in the next state: so under 200 km nothing is said, and under 500 km (the catalogue's distance) only if lines of two providers agree; mobile, rented and companies' exits do not count. A line whose
  kind is not known may be any of them, so it must be steady (five days) and hardly shared. A day with a line near home or in an office is a day at home. Two calendar months of ten days or more outlast holidays and family
  visits; the latest month must be one of them, since whoever moved and told HR has older months at the former home.
  From 1,000 km on no provider's hub explains it (full weight; half at 500); a line shared with somebody who claims a home there is as well a partner's
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
         km(f.latitude, f.longitude, s.latitude, s.longitude) AS away,
         f.infrastructure_of IS NULL AND s.latitude IS NOT NULL AND km(f.latitude, f.longitude, s.latitude, s.longitude) > 200 AS is_away
  FROM sighting AS g
  JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
  JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
  LEFT JOIN steady AS t ON t.company = g.company AND t.subject_id = g.subject_id AND t.value = g.value
  WHERE g.via IN ('sign_in:ip', 'activity:ip', 'meeting:ip', 'process:ip', 'connection:ip')
    AND (f.infrastructure_of IS NOT NULL OR (f.latitude IS NOT NULL AND (f.network = 'residential' OR (f.network IS NULL AND f.holders <= 2 AND t.value IS NOT NULL))))),
place AS (
  SELECT company, subject_id, median(latitude) AS latitude, median(longitude) AS longitude, count(DISTINCT owner) AS owners FROM line WHERE is_away GROUP BY company, subject_id),
partner AS (
  SELECT DISTINCT l.company, l.subject_id
  FROM (SELECT DISTINCT company, subject_id, value, latitude, longitude FROM line WHERE is_away) AS l
  JOIN (SELECT DISTINCT company, subject_id, kind, value FROM sighting) AS g
    ON g.kind = 'ip' AND g.value = l.value AND (g.company <> l.company OR g.subject_id <> l.subject_id)
  JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
  WHERE km(l.latitude, l.longitude, s.latitude, s.longitude) < 100),
spent AS (
  SELECT l.company, l.subject_id, l.day, bool_and(l.is_away AND km(l.latitude, l.longitude, p.latitude, p.longitude) <= 100) AS is_away, min(l.away) AS away, max(p.owners) AS owners,
         max_by(l.value, in_order(l.away, l.value)) AS value, min(l.first_at) AS first_at, max(l.last_at) AS last_at, min(l.first_ref) AS ref
  FROM line AS l JOIN place AS p ON p.company = l.company AND p.subject_id = l.subject_id
  GROUP BY l.company, l.subject_id, l.day),
month AS (
  SELECT company, subject_id, date_trunc('month', day) AS month, count_if(is_away) AS away_days, count_if(is_away) >= 10 AND count_if(is_away) * 10 >= 7 * count(*) AS is_away,
         min(CASE WHEN is_away THEN away END) AS away, max(owners) AS owners, max_by(value, CASE WHEN is_away THEN in_order(day, value) END) AS value,
         min(CASE WHEN is_away THEN first_at END) AS first_at, max(CASE WHEN is_away THEN last_at END) AS last_at, min(CASE WHEN is_away THEN ref END) AS ref
  FROM spent GROUP BY company, subject_id, date_trunc('month', day) HAVING count(*) >= 10)
SELECT m.company, m.subject_id, min(CASE WHEN is_away THEN first_at END) AS first_at, max(CASE WHEN is_away THEN last_at END) AS last_at,
       CASE WHEN count_if(is_away) >= 3 THEN 1.0 ELSE 0.9 END * CASE WHEN max(p.subject_id) IS NULL THEN 1.0 ELSE 0.4 END
         * CASE WHEN min(CASE WHEN is_away THEN away END) > 500 OR max(owners) > 1 THEN least(1.0, greatest(0.5, min(CASE WHEN is_away THEN away END) / 1000e0)) ELSE 0.0 END AS strength, max_by(value, CASE WHEN is_away THEN in_order(month, value) END) AS value,
       count_if(is_away) AS months, round(min(CASE WHEN is_away THEN away END)) AS km, sum(CASE WHEN is_away THEN away_days ELSE 0 END) AS days,
       min(CASE WHEN is_away THEN ref END) AS ref
FROM month AS m LEFT JOIN partner AS p ON p.company = m.company AND p.subject_id = m.subject_id
GROUP BY m.company, m.subject_id HAVING count_if(is_away) >= 2 AND max(CASE WHEN is_away THEN month END) = max(month)
