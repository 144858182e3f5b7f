/*
id: works_from_another_country
title: Weeks on end of work from another country than the claimed one
claim: location
basis: network
says: Between {first_at} and {last_at} the account was used on {days} days from another country than the claimed one ({places}), and on {home_days} days from the claimed one.
benign:
  - a long stay abroad that the company agreed to and HR did not write down
  - a move of which HR has not heard
  - someone who lives near a border, whose provider's lines are placed across it
resolve: ask where the person works from
reads: [sighting, value_fact, subject]
needs: [sign_in.ip | activity.ip | meeting.ip, value_fact.country, subject.country]
weights: {elsewhere: 24, overextended: 1, hijacked: 0, stand_in: 8}
why: >
  Vendors place a line in the wrong country for well under one in a hundred, and five weeks outlast holidays and journeys; so who is seen abroad in week after week, and next to never at home,
  works there, and the question is only whether the company knows. Whoever hides behind an exit is seen as what they are on the days on which it is off: four days in three weeks of five and more, and none
  at home between them, say as much (seven tenths and more), for one who uses an exit at home shows their home then. That is the undisclosed place itself (a likelihood ratio of 250), and the right person is by far its usual
  reason; an operator's own line shows now and then, but the farm's stands in the claimed country. Which country it is does not count. Exits, relays and the
  company's own lines say nothing of where somebody is; carriers do, of the country.
  Lines of unknown kind that more than three people use may be exits.
group: geo
state: live
attack: []
refs:
  - FBI PSA 231018 (2023-10-18)
*/
WITH placed AS (
  SELECT g.company, g.subject_id, g.day, g.value, f.country <> s.country AS is_abroad, f.country, g.via IN ('sign_in:ip', 'activity:ip', 'meeting:ip') AS is_account,
         g.first_at, g.last_at, g.first_ref
  FROM sighting AS g
  JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value AND f.country IS NOT NULL
  JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id AND s.country IS NOT NULL
  WHERE g.via IN ('sign_in:ip', 'activity:ip', 'meeting:ip', 'process:ip', 'connection:ip')
    AND f.infrastructure_of IS NULL AND (f.network IS NOT NULL OR f.holders <= 3) AND coalesce(f.network, '') NOT IN ('proxy', 'hosting', 'relay')),
daily AS (
  SELECT company, subject_id, day, bool_and(is_abroad) AND bool_or(is_account) AS is_abroad, max(value) AS value, max(country) AS country,
         min(first_at) AS first_at, max(last_at) AS last_at, min(first_ref) AS ref
  FROM placed GROUP BY company, subject_id, day),
turn AS (
  SELECT *, NOT is_abroad AND coalesce(NOT lag(is_abroad) OVER w, true) AS is_home_again, max(day) OVER (PARTITION BY company, subject_id) AS last_on
  FROM daily WINDOW w AS (PARTITION BY company, subject_id ORDER BY day)),
stay AS (
  SELECT *, sum(CASE WHEN is_home_again THEN 1 ELSE 0 END) OVER (PARTITION BY company, subject_id ORDER BY day) AS stay FROM turn),
spent AS (
  SELECT company, subject_id, stay, count(DISTINCT CASE WHEN is_abroad THEN date_trunc('week', day) END) AS weeks, count_if(is_abroad) AS away_days, count_if(NOT is_abroad AND NOT is_home_again) AS home_days,
         min(CASE WHEN is_abroad THEN first_at END) AS first_at, max(CASE WHEN is_abroad THEN last_at END) AS last_at, max_by(value, CASE WHEN is_abroad THEN in_order(day, value) END) AS value,
         joined(CASE WHEN is_abroad THEN country END) AS places, min(CASE WHEN is_abroad THEN ref END) AS ref, max(CASE WHEN is_abroad THEN ref END) AS ref_2, max(last_on) AS last_on
  FROM stay GROUP BY company, subject_id, stay)
SELECT company, subject_id, first_at, last_at, least(1.0, 0.7 + away_days / 60e0) AS strength, value, away_days AS days, home_days, places, ref, ref_2
FROM spent WHERE weeks >= 3 AND away_days >= 4 AND away_days >= 4 * home_days AND days_between(first_at, last_at) >= 35 AND days_between(last_at, last_on) <= 30
