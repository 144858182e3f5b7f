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
reads: [working_hours, subject, tie]
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
WITH off AS (
  SELECT h.company, h.subject_id, h.middle, h.off_home, coalesce(s.person, h.company || '/' || h.subject_id) AS who
  FROM working_hours AS h JOIN subject AS s ON s.company = h.company AND s.subject_id = h.subject_id
  WHERE h.days >= 15 AND h.off_home >= 5 AND h.off_company >= 4),
ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, value, first_at, last_at, a_ref AS ref
  FROM tie WHERE kind IN ('ip', 'postal_address') AND coalesce(explained_by, 'household') = 'household'
  UNION ALL
  SELECT b_company, b, a_company, a, value, first_at, last_at, b_ref FROM tie WHERE kind IN ('ip', 'postal_address') AND coalesce(explained_by, 'household') = 'household'),
mate AS (
  SELECT e.company, e.subject_id, x.off_home, e.other_company, e.value, e.first_at, e.last_at, e.ref, coalesce(s.person, e.other_company || '/' || e.other) AS who,
         coalesce(abs((y.middle - x.middle + 36) % 24 - 12) <= 3, false) AS is_alike
  FROM ends AS e
  JOIN off AS x ON x.company = e.company AND x.subject_id = e.subject_id
  JOIN subject AS s ON s.company = e.other_company AND s.subject_id = e.other
  LEFT JOIN off AS y ON y.company = e.other_company AND y.subject_id = e.other
  WHERE coalesce(s.person, e.other_company || '/' || e.other) <> x.who)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, 1.0 AS strength, max(value) AS value, rounded(max(off_home), 1) AS hours,
       count(DISTINCT CASE WHEN is_alike THEN who END) AS others, count(DISTINCT CASE WHEN is_alike THEN other_company END) AS companies, min(ref) AS ref
FROM mate GROUP BY company, subject_id
HAVING count(DISTINCT CASE WHEN is_alike THEN who END) >= 2 AND count(DISTINCT CASE WHEN is_alike THEN who END) * 4 >= count(DISTINCT who) * 3
   AND count(DISTINCT CASE WHEN is_alike THEN other_company END) + CASE WHEN bool_or(is_alike AND other_company = company) THEN 0 ELSE 1 END >= 3
