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
reads: [working_hours, working_week]
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
SELECT h.company, h.subject_id, CAST(h.first_on AS TIMESTAMP) AS first_at, CAST(h.last_on AS TIMESTAMP) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value,
       count(*) AS weeks, rounded(h.off_home, 1) AS hours
FROM working_hours AS h JOIN working_week AS w ON w.company = h.company AND w.subject_id = h.subject_id
WHERE h.off_home >= 5 AND h.off_company >= 4 AND w.days >= 3
GROUP BY h.company, h.subject_id, h.first_on, h.last_on, h.off_home
HAVING count(*) >= 6 AND count_if(abs((w.middle - h.middle + 36) % 24 - 12) <= 2.5) * 5 >= count(*) * 4
