/*
id: security_switched_off
title: Protection or its log was switched off
claim: stewardship
basis: behaviour
says: "Protection was switched off or passed over {times} times since {first_at} ({value}), by somebody whose role has no part in it."
benign:
  - a repair or migration that the rule stood in the way of
  - a small team in which everybody looks after everything
  - an owner of the repository who changed its rules with leave
resolve: ask for the reason and the ticket, and look at what was done while it was off
reads: [activity, subject]
needs: [activity.action, subject.role | subject.department]
weights: {elsewhere: 0, overextended: 0, hijacked: 4, stand_in: 3}
why: >
  What is to go unseen is done while nothing watches. The catalogue gives it a likelihood ratio of 6 (2 to 25); switching off happens in honest work daily, so it is
  taken as a hint. Platform, security and operations roles do it by their trade, and where more than a twentieth of a company's people do it, it is custom.
group: exfil
state: live
catalogue: [exfil-security-tampering]
attack: [T1562.001, T1070]
refs: []
*/
WITH switched AS (
  SELECT company, subject_id, lower(action) AS action, occurred_at, event_ref FROM activity
  WHERE matches(lower(action), '(disabl|destroy|delet|remov|deactivat|suspend|uninstall|stop|bypass|overrid).*(protect|scanning|ruleset|branch_?polic|audit|logging|trail|dependabot|vulnerability_alert|two_?factor_?req|edr|sensor|antivirus|defender|firewall|ip_allow|dlp)|(protect|scanning|ruleset|branch_?polic|audit|logging|trail|dependabot|vulnerability_alert|two_?factor_?req|edr|sensor|antivirus|defender|firewall|ip_allow|dlp).*(disabl|destroy|delet|remov|deactivat|suspend|uninstall|stop|bypass|overrid)')),
people AS (SELECT company, count(DISTINCT subject_id) AS people FROM activity GROUP BY company),
alike AS (SELECT company, count(DISTINCT subject_id) AS people FROM switched GROUP BY company)
SELECT o.company, o.subject_id, min(o.occurred_at) AS first_at, max(o.occurred_at) AS last_at, CASE WHEN count(*) >= 2 THEN 1.0 ELSE 0.6 END AS strength,
       max_by(o.action, in_order(o.occurred_at, o.event_ref)) AS value, count(*) AS times, min(o.event_ref) AS ref, max(o.event_ref) AS ref_2
FROM switched AS o JOIN subject AS s ON s.company = o.company AND s.subject_id = o.subject_id
JOIN people AS p ON p.company = o.company JOIN alike AS a ON a.company = o.company
WHERE a.people <= greatest(1, 0.05 * p.people)
  AND NOT matches(lower(concat_ws(' ', s.role, s.department)), 'platform|devops|\bsre\b|reliab|infra|release|secur|build|admin|operations|\bit\b|system')
GROUP BY o.company, o.subject_id
