/*
id: hours_of_another_place
title: Working hours of another place, for weeks
claim: location
basis: behaviour
says: Over {weeks} weeks the middle of the working day lay {hours} hours off the middle of the day at the claimed home, and off the company's own hours.
benign:
  - a night owl, a parent of small children, somebody who studies or cares by day
  - an agreed schedule, on-call duty or a team abroad
resolve: ask about the hours worked
reads: [sighting, subject]
needs: [sign_in.ip | activity.ip | meeting.ip, subject.longitude]
weights: {elsewhere: 2, overextended: 2, hijacked: 0, stand_in: 2}
why: >
  People work by the daylight of where they are or by the hours of their company; who does neither may be elsewhere, have another job by day, or be a night owl: the
  catalogue's likelihood ratio is 1.7 (1.1 to 3). The middle of the day's hours is taken as a direction on the clock and told by the sun at the claimed home; what is usual is
  learnt from all people in the data, beginning with a quarter to one (9 to 17.30 by the clock, winter and summer together). Five hours off or more over all, four from the
  company's middle, six weeks with three days or more, and four fifths of them within two and a half hours of the whole. Offsets written in commits and locales are
  never read.
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
worked AS (
  SELECT m.company, m.subject_id, m.day, sum(c.up) AS up, sum(c.across) AS across
  FROM masks AS m JOIN clock AS c ON (m.hours & c.mark) > 0 GROUP BY m.company, m.subject_id, m.day),
week AS (
  SELECT company, subject_id, date_trunc('week', day) AS week, atan2(sum(up), sum(across)) * 12 / pi() AS middle
  FROM worked GROUP BY company, subject_id, date_trunc('week', day) HAVING count(*) >= 3),
own AS (
  SELECT company, subject_id, atan2(sum(up), sum(across)) * 12 / pi() AS middle, min(day) AS first_on, max(day) AS last_on FROM worked GROUP BY company, subject_id),
house AS (SELECT company, atan2(sum(sin(middle * pi() / 12)), sum(cos(middle * pi() / 12))) * 12 / pi() AS middle FROM own GROUP BY company),
middle_of_all AS (
  -- Logs of sign-ins see mornings more than evenings: what the middle of a day looks like in them is learnt from everybody, with ten people at a quarter to one to begin with.
  SELECT atan2(sum(sin((o.middle + s.longitude / 15) * pi() / 12)) + 10 * sin(12.75e0 * pi() / 12),
               sum(cos((o.middle + s.longitude / 15) * pi() / 12)) + 10 * cos(12.75e0 * pi() / 12)) * 12 / pi() AS middle
  FROM own AS o JOIN subject AS s ON s.company = o.company AND s.subject_id = o.subject_id),
person AS (
  SELECT o.company, o.subject_id, o.first_on, o.last_on, abs((o.middle + s.longitude / 15 - a.middle + 60) % 24 - 12) AS off_home, abs((o.middle - h.middle + 36) % 24 - 12) AS off_house,
         count(*) AS weeks, count_if(abs((w.middle - o.middle + 36) % 24 - 12) <= 2.5) AS steady
  FROM own AS o
  JOIN subject AS s ON s.company = o.company AND s.subject_id = o.subject_id
  JOIN house AS h ON h.company = o.company
  CROSS JOIN middle_of_all AS a
  JOIN week AS w ON w.company = o.company AND w.subject_id = o.subject_id
  GROUP BY o.company, o.subject_id, o.first_on, o.last_on, o.middle, s.longitude, h.middle, a.middle)
SELECT company, subject_id, CAST(first_on AS TIMESTAMP) AS first_at, CAST(last_on AS TIMESTAMP) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value,
       weeks, rounded(off_home, 1) AS hours
FROM person WHERE off_home >= 5 AND off_house >= 4 AND weeks >= 6 AND steady * 5 >= weeks * 4
