/*
id: activity_simulator
title: A program that pretends that somebody is there
claim: authorship
basis: behaviour
says: "{tools} ran on the company's computer on {days} days since {first_at}: it moves the mouse or keeps the screen awake by itself."
benign:
  - somebody who does not want the screen to lock while reading, building or presenting
  - a way around a manager who watches a status light
resolve: ask what it is for
reads: [tool_use]
needs: [process.image]
weights: {elsewhere: 1, overextended: 2, hijacked: 0, stand_in: 2}
why: >
  Computers in a farm must stay awake and look used while nobody sits there, and so must the second job's. The catalogue gives it a likelihood ratio of 2
  (1.2 to 4): many honest people run such programs, so it never weighs more than a hint, and one day of it next to nothing.
group: activity
state: live
catalogue: [work-jiggler]
attack: []
refs:
  - vendor report on several computers of one case (2024)
*/
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, CASE WHEN max(active_days) >= 5 THEN 1.0 ELSE 0.3 END AS strength,
       max_by(tool, in_order(active_days, tool)) AS value, max_by(tool, in_order(active_days, tool)) AS tools, max(active_days) AS days,
       min(first_ref) AS ref, max(last_ref) AS ref_2
FROM tool_use WHERE tool_class = 'jiggler' AND NOT is_standard GROUP BY company, subject_id
