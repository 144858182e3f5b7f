/*
id: no_anonymising_exit
title: No sign-ins through commercial anonymisers
asks: Refuse sign-ins that come through commercial anonymisers which are not the company’s own.
claim: location
needs: [sign_in.ip, value_fact.network]
refs:
  - FBI PSA 250723-4 (2025-07-23)
  - US Departments of State, the Treasury and Justice, advisory (2022-05-16)
*/
SELECT g.company, g.subject_id, CASE WHEN f.infrastructure_of IS NOT NULL THEN true ELSE f.network <> 'proxy' END AS holds
FROM sighting AS g JOIN value_fact AS f ON f.kind = 'ip' AND f.value = g.value
WHERE g.via = 'sign_in:ip'
