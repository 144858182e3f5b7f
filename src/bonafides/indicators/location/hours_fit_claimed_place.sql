/*
id: hours_fit_claimed_place
title: Working hours of the claimed place, for months
claim: location
basis: behaviour
says: Over {weeks} weeks the middle of the working day lay within {hours} hours of the middle of the day at the claimed home.
benign:
  - this is evidence for the worker; whoever keeps the company's hours from elsewhere would look the same
resolve: none needed
reads: [working_week]
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
SELECT company, subject_id, CAST(min(first_on) AS TIMESTAMP) AS first_at, CAST(max(last_on) AS TIMESTAMP) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value,
       count(*) AS weeks, rounded(max(CASE WHEN off_home <= 2.5 THEN off_home END), 1) AS hours
FROM working_week WHERE days >= 3
GROUP BY company, subject_id HAVING count(off_home) >= 8 AND count_if(off_home <= 2.5) * 5 >= count(off_home) * 4
