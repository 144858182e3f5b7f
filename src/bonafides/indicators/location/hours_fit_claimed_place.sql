/*
id: hours_fit_claimed_place
title: Working hours of the claimed place, for months
claim: location
basis: behaviour
says: Over {weeks} weeks the middle of the working day lay within {hours} hours of the middle of the day at the claimed home.
benign:
  - this is evidence for the worker; whoever keeps the company's hours from elsewhere would look the same
resolve: none needed
reads: [sighting, subject]
needs: [sign_in.ip | activity.ip | meeting.ip, subject.longitude]
weights: {elsewhere: -1.5, overextended: -0.5, hijacked: 0, stand_in: -1}
why: >
  Most genuine people keep the daylight of their home; most stand-ins keep it too, by night where they are, and nomads keep their company's, so it says little.
  Measured as hours_of_another_place does it, within two and a half hours over all and in four fifths of eight weeks or more.
group: activity
state: live
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
  SELECT company, subject_id, date_trunc('week', day) AS week, atan2(sum(up), sum(across)) * 12 / pi() AS middle, min(day) AS first_on, max(day) AS last_on
  FROM worked GROUP BY company, subject_id, date_trunc('week', day) HAVING count(*) >= 3),
own AS (SELECT company, subject_id, atan2(sum(up), sum(across)) * 12 / pi() AS middle FROM worked GROUP BY company, subject_id),
middle_of_all AS (
  -- Logs of sign-ins see mornings more than evenings: what the middle of a day looks like in them is learnt from everybody, with ten people at a quarter to one to begin with.
  SELECT atan2(sum(sin((o.middle + s.longitude / 15) * pi() / 12)) + 10 * sin(12.75e0 * pi() / 12),
               sum(cos((o.middle + s.longitude / 15) * pi() / 12)) + 10 * cos(12.75e0 * pi() / 12)) * 12 / pi() AS middle
  FROM own AS o JOIN subject AS s ON s.company = o.company AND s.subject_id = o.subject_id),
apart AS (
  SELECT w.company, w.subject_id, w.first_on, w.last_on, abs((w.middle + s.longitude / 15 - a.middle + 60) % 24 - 12) AS hours_off
  FROM week AS w JOIN subject AS s ON s.company = w.company AND s.subject_id = w.subject_id CROSS JOIN middle_of_all AS a)
SELECT company, subject_id, CAST(min(first_on) AS TIMESTAMP) AS first_at, CAST(max(last_on) AS TIMESTAMP) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value,
       count(*) AS weeks, rounded(max(CASE WHEN hours_off <= 2.5 THEN hours_off END), 1) AS hours
FROM apart GROUP BY company, subject_id HAVING count(hours_off) >= 8 AND count_if(hours_off <= 2.5) * 5 >= count(hours_off) * 4
