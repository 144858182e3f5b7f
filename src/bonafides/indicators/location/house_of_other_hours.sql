/*
id: house_of_other_hours
title: Nearly everybody of one house works by the hours of another place
claim: location
basis: behaviour
says: This person and {others} others of one house, at {companies} companies, keep the same working hours, {hours} hours off the middle of the day where they claim to live and off their companies' own.
benign:
  - the night shift of one firm that nobody declared
  - friends or a family who all work for clients abroad
resolve: ask about the hours worked, and ask to show the company's computer and its serial number in a live call
reads: [sighting, subject, tie]
needs: [sign_in.ip | activity.ip | meeting.ip, subject.longitude]
weights: {elsewhere: 3, overextended: 2, hijacked: 0, stand_in: 7}
why: >
  Who works through a farm's computers from far away sits in another zone, and so do all who work through that house; of honest people in one house each has the hours of
  their own work. Someone whose hours are so far off is one in twenty or fewer; that two others of a house and of other companies are so as well, by the same hours, is far
  rarer, but not independent (who lives together may work for one client), so no more is given than the catalogue's 1.7 for each of three people on the same direction
  (author's judgement). Hours as hours_of_another_place takes them, over fifteen days or more: five hours off at the claimed home, four from the company's middle, and
  within three of one another; two other people at least and three quarters of all others, at three companies.
group: activity
state: live
catalogue: [work-timezone-pattern]
attack: []
refs:
  - Unit 42 on Wagemole (2024-11-13)
*/
WITH masks AS (
  SELECT company, subject_id, day, bit_or(hours) AS hours FROM sighting WHERE via IN ('sign_in:ip', 'activity:ip', 'meeting:ip') GROUP BY company, subject_id, day),
clock AS (
  SELECT mark, sin((h + 0.5e0) * pi() / 12) AS up, cos((h + 0.5e0) * pi() / 12) AS across
  FROM (VALUES (0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64), (7, 128), (8, 256), (9, 512), (10, 1024), (11, 2048), (12, 4096), (13, 8192), (14, 16384),
    (15, 32768), (16, 65536), (17, 131072), (18, 262144), (19, 524288), (20, 1048576), (21, 2097152), (22, 4194304), (23, 8388608)) AS c(h, mark)),
own AS (
  SELECT m.company, m.subject_id, atan2(sum(c.up), sum(c.across)) * 12 / pi() AS middle, count(DISTINCT m.day) AS days
  FROM masks AS m JOIN clock AS c ON (m.hours & c.mark) > 0 GROUP BY m.company, m.subject_id),
firm AS (SELECT company, atan2(sum(sin(middle * pi() / 12)), sum(cos(middle * pi() / 12))) * 12 / pi() AS middle FROM own GROUP BY company),
middle_of_all AS (
  SELECT atan2(sum(sin((o.middle + s.longitude / 15) * pi() / 12)) + 10 * sin(12.75e0 * pi() / 12),
               sum(cos((o.middle + s.longitude / 15) * pi() / 12)) + 10 * cos(12.75e0 * pi() / 12)) * 12 / pi() AS middle
  FROM own AS o JOIN subject AS s ON s.company = o.company AND s.subject_id = o.subject_id),
off AS (
  SELECT o.company, o.subject_id, o.middle, abs((o.middle + s.longitude / 15 - a.middle + 60) % 24 - 12) AS hours, coalesce(s.person, o.company || '/' || o.subject_id) AS who
  FROM own AS o
  JOIN subject AS s ON s.company = o.company AND s.subject_id = o.subject_id
  JOIN firm AS f ON f.company = o.company
  CROSS JOIN middle_of_all AS a
  WHERE o.days >= 15 AND abs((o.middle + s.longitude / 15 - a.middle + 60) % 24 - 12) >= 5 AND abs((o.middle - f.middle + 36) % 24 - 12) >= 4),
ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, value, first_at, last_at, a_ref AS ref
  FROM tie WHERE kind IN ('ip', 'postal_address') AND coalesce(explained_by, 'household') = 'household'
  UNION ALL
  SELECT b_company, b, a_company, a, value, first_at, last_at, b_ref FROM tie WHERE kind IN ('ip', 'postal_address') AND coalesce(explained_by, 'household') = 'household'),
mate AS (
  SELECT e.company, e.subject_id, x.hours, e.other_company, e.value, e.first_at, e.last_at, e.ref, coalesce(s.person, e.other_company || '/' || e.other) AS who,
         coalesce(abs((y.middle - x.middle + 36) % 24 - 12) <= 3, false) AS is_alike
  FROM ends AS e
  JOIN off AS x ON x.company = e.company AND x.subject_id = e.subject_id
  JOIN subject AS s ON s.company = e.other_company AND s.subject_id = e.other
  LEFT JOIN off AS y ON y.company = e.other_company AND y.subject_id = e.other
  WHERE coalesce(s.person, e.other_company || '/' || e.other) <> x.who)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, 1.0 AS strength, max(value) AS value, rounded(max(hours), 1) AS hours,
       count(DISTINCT CASE WHEN is_alike THEN who END) AS others, count(DISTINCT CASE WHEN is_alike THEN other_company END) AS companies, min(ref) AS ref
FROM mate GROUP BY company, subject_id
HAVING count(DISTINCT CASE WHEN is_alike THEN who END) >= 2 AND count(DISTINCT CASE WHEN is_alike THEN who END) * 4 >= count(DISTINCT who) * 3
   AND count(DISTINCT CASE WHEN is_alike THEN other_company END) + CASE WHEN bool_or(is_alike AND other_company = company) THEN 0 ELSE 1 END >= 3
