/*
id: attested_vpn_provider
title: A VPN provider that cases name
claim: location
basis: network
says: "The provider {provider} was used on {days} days, through {how}."
benign:
  - a subscriber who wants privacy, streams or comes from where such providers are usual
  - a provider tried once
resolve: ask which VPN is used and what for
reads: [sighting, value_fact, process, connection]
needs: [process.image | connection.dst_host | value_fact.as_org]
weights: {elsewhere: 4, overextended: 1, hijacked: 2, stand_in: 6}
why: >
  Reports of several cases name one provider again and again; honest subscribers use it too, so it is worth what the catalogue gives it at the low end (4, 2 to 12), three days at least.
group: vpn
state: live
catalogue: [work-vpn-attested-provider]
attack: []
refs:
  - Spur, remote worker fraud prevention (2025)
  - Mandiant, mitigating the IT worker threat (2024-09-23)
*/
WITH used AS (
  SELECT g.company, g.subject_id, g.day, 'sign-ins' AS how, g.first_at, g.last_at, g.first_ref AS ref FROM sighting AS g
  JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value WHERE lower(f.as_org) LIKE '%astrill%'
  UNION ALL
  SELECT company, subject_id, CAST(occurred_at AS DATE), 'its program', occurred_at, occurred_at, event_ref FROM process WHERE lower(image) LIKE '%astrill%'
  UNION ALL
  SELECT company, subject_id, CAST(occurred_at AS DATE), 'its hosts', occurred_at, occurred_at, event_ref FROM connection WHERE lower(dst_host) LIKE '%astrill.com' OR lower(dst_host) LIKE '%astrill.org')
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, least(1.0, count(DISTINCT day) / 10e0 + 0.3) AS strength, CAST(NULL AS VARCHAR) AS value, 'Astrill' AS provider,
       count(DISTINCT day) AS days, joined(how) AS how, min(ref) AS ref
FROM used GROUP BY company, subject_id HAVING count(DISTINCT day) >= 3
