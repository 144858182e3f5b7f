/*
id: no_fixed_place
title: Months of work from changing places, none of them the claimed home
claim: location
basis: network
says: Between {first_at} and {last_at} the account was used on {days} days from {places} places over 300 km from the claimed home and from one another, and on {home_days} days from nearer by.
benign:
  - field work or a tour of offices that HR did not write down
  - months of family visits that the manager agreed to
  - a provider whose address databases put its lines in several wrong places
resolve: ask where the person works from
reads: [sighting, value_fact, subject]
needs: [sign_in.ip | activity.ip | meeting.ip, value_fact.latitude, subject.latitude]
weights: {elsewhere: 22, overextended: 1, hijacked: 0, stand_in: 0}
why: >
  Who is seen nearly every day for five weeks in three places and more, each hundreds of kilometres from the claimed home and from the others, travels and works; that is the undisclosed place of the
  nomad. A likelihood ratio of 150, since home lines that are placed wrongly lie in one wrong place, seldom two, and holidays are shorter. A farm does not
  travel, so it says nothing of a stand-in. Exits, relays, carriers and the company's own lines are not placed, nor lines of unknown kind that more than three people use.
  A provider's addresses wander over a country's hubs while their customer sits at home: places of one provider in one country are one place.
group: geo
state: live
attack: []
refs: []
*/
WITH placed AS (
  SELECT g.company, g.subject_id, g.day, g.value, km(f.latitude, f.longitude, s.latitude, s.longitude) > 300 AS is_away,
         round(f.latitude / 3) || ' ' || round(f.longitude / 4) AS cell, coalesce(f.country, '') || ' ' || coalesce(f.as_org, CAST(f.asn AS VARCHAR), f.value) AS owner,
         g.via IN ('sign_in:ip', 'activity:ip', 'meeting:ip') AS is_account, g.first_at, g.last_at, g.first_ref
  FROM sighting AS g
  JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value AND f.latitude IS NOT NULL
  JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id AND s.latitude IS NOT NULL
  WHERE g.via IN ('sign_in:ip', 'activity:ip', 'meeting:ip', 'process:ip', 'connection:ip')
    AND f.infrastructure_of IS NULL AND (f.network IS NOT NULL OR f.holders <= 3) AND coalesce(f.network, '') NOT IN ('proxy', 'hosting', 'relay', 'mobile')),
daily AS (
  SELECT company, subject_id, day, bool_and(is_away) AND bool_or(is_account) AS is_away, max(value) AS value, max_by(cell, value) AS cell, max_by(owner, value) AS owner,
         min(first_at) AS first_at, max(last_at) AS last_at, min(first_ref) AS ref
  FROM placed GROUP BY company, subject_id, day),
stay AS (
  SELECT company, subject_id, min(CASE WHEN is_away THEN day END) AS from_on, max(CASE WHEN is_away THEN day END) AS until_on, max(day) AS last_on
  FROM daily GROUP BY company, subject_id),
within AS (
  SELECT d.* FROM daily AS d JOIN stay AS s ON s.company = d.company AND s.subject_id = d.subject_id
  WHERE d.day BETWEEN s.from_on AND s.until_on AND days_between(s.from_on, s.until_on) >= 35 AND days_between(s.until_on, s.last_on) <= 30),
cells AS (SELECT company, subject_id, cell, min(owner) AS owner FROM within WHERE is_away GROUP BY company, subject_id, cell HAVING count(*) >= 3),
several AS (SELECT company, subject_id, count(*) AS places FROM cells GROUP BY company, subject_id HAVING count(DISTINCT owner) >= 3),
spent AS (
  SELECT w.company, w.subject_id, max(p.places) AS places, count_if(w.is_away) AS away_days, count_if(NOT w.is_away) AS home_days, min(CASE WHEN w.is_away THEN w.first_at END) AS first_at,
         max(CASE WHEN w.is_away THEN w.last_at END) AS last_at, max_by(w.value, CASE WHEN w.is_away THEN in_order(w.day, w.value) END) AS value, min(CASE WHEN w.is_away THEN w.ref END) AS ref
  FROM within AS w JOIN several AS p ON p.company = w.company AND p.subject_id = w.subject_id GROUP BY w.company, w.subject_id)
SELECT company, subject_id, first_at, last_at, least(1.0, 0.4 + away_days / 50e0) AS strength, value, away_days AS days, home_days, places, ref
FROM spent WHERE away_days >= 20 AND away_days * 20 >= (away_days + home_days) * 17
