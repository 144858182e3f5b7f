/*
id: access_keys_made_early
title: New keys and tokens in the first months
claim: stewardship
basis: behaviour
says: "{times} lasting ways in were made between {first_at} and {last_at}, in the first 120 days, as by {alike} of {people} people of the company."
benign:
  - an engineer of platforms, whose work it is
  - a move of services from one account to another
  - a tool of the team that asks for a token
resolve: go through the keys with the team's lead, and renew those that nobody needs
reads: [activity, subject]
needs: [activity.action, subject.started_on]
weights: {elsewhere: 0, overextended: 1, hijacked: 6, stand_in: 3}
why: >
  Tokens, deploy keys and service users outlive a password; the FBI warns of them, and the catalogue gives them a likelihood ratio of 6 (2 to 20), less
  where it is the work. An intruder makes them as well. Two and more count, in the first 120 days, where fewer than a tenth of twenty people and more
  make any.
group: exfil
state: live
catalogue: [exfil-credentials-and-tokens]
attack: [T1098]
refs:
  - FBI PSA 250123 (2025-01-23)
*/
WITH made AS (
  SELECT company, subject_id, occurred_at, event_ref FROM activity
  WHERE matches(lower(action), '(access_?token|public_key|deploy_key|ssh_key|api_?key|access_?key|service_?account|oauth_(app|application)|self_hosted_runner|federated|login_?profile|personal_access)') AND matches(lower(action), '(create|add|register|grant|generate|new|put)')),
people AS (SELECT company, count(DISTINCT subject_id) AS people FROM activity GROUP BY company),
usual AS (SELECT company, count(DISTINCT subject_id) AS alike FROM made GROUP BY company)
SELECT m.company, m.subject_id, min(m.occurred_at) AS first_at, max(m.occurred_at) AS last_at, least(1.0, count(*) / 5e0) AS strength, CAST(NULL AS VARCHAR) AS value, count(*) AS times,
       max(u.alike) AS alike, max(p.people) AS people, min(m.event_ref) AS ref, max(m.event_ref) AS ref_2
FROM made AS m
JOIN subject AS s ON s.company = m.company AND s.subject_id = m.subject_id
JOIN people AS p ON p.company = m.company
JOIN usual AS u ON u.company = m.company
WHERE days_between(s.started_on, m.occurred_at) BETWEEN 0 AND 120 AND p.people >= 20 AND u.alike * 10 < p.people
GROUP BY m.company, m.subject_id HAVING count(*) >= 2
