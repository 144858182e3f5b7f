/*
id: anonymising_exit
title: Sign-ins through anonymising exits on several days
claim: location
basis: network
says: On {days} days the account was used through exits of proxies or rented servers ({owner}) that neither the company nor many of its people use.
benign:
  - a private VPN, as every fifth colleague may have one
  - a hotel, café or shared network where a VPN is the careful choice
  - a cloud desktop or development computer
resolve: ask which VPN is used and what for
reads: [sighting, value_fact, sign_in]
needs: [sign_in.ip | meeting.ip]
weights: {elsewhere: 3, overextended: 1, hijacked: 2, stand_in: 3}
why: >
  Who hides where he is needs an exit at the claimed place; so do intruders. But private VPNs are common (10 to 30 per cent is assumed), so the catalogue's likelihood ratio of 2.5
  (1.3 to 6) is counted at the low side and alike for nomads and stand-ins. Several days, since one is a café. Relays of phone and browser makers
  and exits of campuses are left out; an owner whose exits five people and a fifth of the company use is what its people use. Attempts that
  failed are anybody's.
group: vpn
state: live
catalogue: [work-vpn-anonymiser]
attack: [T1090]
refs:
  - FBI PSA 250723-4 (2025-07-23)
*/
WITH used AS (
  SELECT g.company, g.subject_id, g.day, g.value, g.first_at, g.last_at, g.first_ref, coalesce(f.as_org, 'owner not known') AS owner
  FROM sighting AS g
  JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
  LEFT JOIN sign_in AS s ON g.via = 'sign_in:ip' AND s.company = g.company AND s.event_ref = g.last_ref
  WHERE g.via IN ('sign_in:ip', 'meeting:ip') AND f.network IN ('proxy', 'hosting') AND f.infrastructure_of IS NULL AND coalesce(s.outcome, 'success') <> 'failure'),
people AS (SELECT company, count(DISTINCT subject_id) AS people FROM sighting WHERE via IN ('sign_in:ip', 'meeting:ip') GROUP BY company),
exit_owner AS (SELECT company, owner, count(DISTINCT subject_id) AS users FROM used GROUP BY company, owner)
SELECT u.company, u.subject_id, min(u.first_at) AS first_at, max(u.last_at) AS last_at, CASE WHEN count(DISTINCT u.day) >= 15 THEN 1.0 ELSE 0.7 END AS strength,
       max_by(u.value, in_order(u.day, u.value)) AS value, count(DISTINCT u.day) AS days, max(u.owner) AS owner, min(u.first_ref) AS ref
FROM used AS u
JOIN people AS p ON p.company = u.company
JOIN exit_owner AS o ON o.company = u.company AND o.owner = u.owner
WHERE o.users < 5 OR o.users * 5 < p.people
GROUP BY u.company, u.subject_id HAVING count(DISTINCT u.day) >= 3
