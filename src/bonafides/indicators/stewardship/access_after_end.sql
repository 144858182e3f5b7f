/*
id: access_after_end
title: The account was used after the last day
claim: stewardship
basis: behaviour
says: On {days} days up to {last_at} the account was in use although the last day of work was {ended_on}.
benign:
  - deprovisioning that came late, with devices that go on signing in by themselves
  - a rehire or an extension that HR entered late
  - a manager who keeps the account open for a handover
resolve: close the account, and ask who used it and for what
reads: [sign_in, activity, subject]
needs: [sign_in.outcome | activity.action]
weights: {elsewhere: 0, overextended: 0, hijacked: 3, stand_in: 3}
why: >
  Nobody gives back what is held by somebody else, and access that still works is used. The catalogue gives it a likelihood ratio of 5 (2 to 20), taken low because a late
  deprovisioning is the usual reason. Two days' grace cover time zones and handovers, two days of use what a device does once by itself; refused attempts, signing out, pay slips and benefits,
  which leavers may see, do not count.
group: exfil
state: live
catalogue: [offboard-access-after-end]
attack: [T1078]
refs:
  - vendor report on sabotage after termination (2025)
*/
WITH used AS (
  SELECT company, subject_id, occurred_at, event_ref, lower(coalesce(application, '')) AS what FROM sign_in WHERE lower(outcome) = 'success'
  UNION ALL
  SELECT company, subject_id, occurred_at, event_ref, lower(concat_ws(' ', service, action, target)) FROM activity
  WHERE NOT matches(lower(coalesce(action, '')), 'fail|denied|deny|reject|block|lock|log_?out|sign_?out|session[._]end|expire|revoke|deactivat|suspend'))
SELECT u.company, u.subject_id, min(u.occurred_at) AS first_at, max(u.occurred_at) AS last_at, least(1.0, count(DISTINCT CAST(u.occurred_at AS DATE)) / 5e0) AS strength,
       CAST(NULL AS VARCHAR) AS value, count(DISTINCT CAST(u.occurred_at AS DATE)) AS days, max(s.ended_on) AS ended_on, min(u.event_ref) AS ref, max(u.event_ref) AS ref_2
FROM used AS u JOIN subject AS s ON s.company = u.company AND s.subject_id = u.subject_id
WHERE days_between(s.ended_on, u.occurred_at) > 2 AND NOT matches(u.what, 'pay|benefit|pension|401k|workday|\bhr\b')
GROUP BY u.company, u.subject_id HAVING count(DISTINCT CAST(u.occurred_at AS DATE)) >= 2
