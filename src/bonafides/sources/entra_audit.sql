/*
id: entra_audit
title: Microsoft Entra ID directory audit
vendor_page: https://learn.microsoft.com/en-us/graph/api/resources/directoryaudit
format: jsonl
columns:
  "id | properties.id": VARCHAR
  "activityDateTime | properties.activityDateTime | time": VARCHAR
  "activityDisplayName | properties.activityDisplayName | operationName": VARCHAR
  "category | properties.category": VARCHAR
  "result | properties.result": VARCHAR
  "initiatedBy.user.userPrincipalName | properties.initiatedBy.user.userPrincipalName": VARCHAR
  "initiatedBy.user.ipAddress | properties.initiatedBy.user.ipAddress | callerIpAddress": VARCHAR
  "targetResources | properties.targetResources": JSON
item_id: [id]
set_aside:
  a sign-in and no audit: >-
    coalesce(category, '') LIKE '%SignInLogs' OR coalesce(activityDisplayName, '') = 'Sign-in activity'
  a program did it: >-
    initiatedBy_user_userPrincipalName IS NULL
  no activity: >-
    activityDisplayName IS NULL
adds:
ignores:
  - "@odata.context"
  - Level
  - additionalDetails
  - correlationId
  - durationMs
  - durationms
  - identity
  - initiatedBy.app
  - initiatedBy.user.displayName
  - initiatedBy.user.homeTenantId
  - initiatedBy.user.homeTenantName
  - initiatedBy.user.id
  - initiatedBy.user.roles
  - initiatedBy.user.userType
  - ipAddress
  - location
  - loggedByService
  - operationType
  - operationVersion
  - resultDescription
  - resultReason
  - resultSignature
  - resultType
  - resourceId
  - tenantId
  - userAgent
  - properties.additionalDetails
  - properties.correlationId
  - properties.initiatedBy.app
  - properties.initiatedBy.user.displayName
  - properties.initiatedBy.user.id
  - properties.initiatedBy.user.roles
  - properties.initiatedBy.user.homeTenantId
  - properties.initiatedBy.user.homeTenantName
  - properties.initiatedBy.user.userType
  - properties.loggedByService
  - properties.operationType
  - properties.operationName
  - properties.resultDescription
  - properties.resultReason
  - properties.resultType
  - properties.tenantGeo
  - properties.tenantId
  - properties.userAgent
  - "p_*"
into: [credential, activity]
*/
-- Passwords are changed by routine and stay in activity.
-- first: told
SELECT
  *,
  instant(activityDateTime) AS occurred_at,
  lower(initiatedBy_user_userPrincipalName) AS who,
  lower(said(json_where(targetResources, '$.type', 'User', '$.userPrincipalName'))) AS target_user,
  lower(coalesce(result, 'success')) = 'success' AND (
    lower(activityDisplayName) LIKE '%security info%' OR lower(activityDisplayName) LIKE '%authentication method%' OR lower(activityDisplayName) LIKE '%registered device%') AND lower(activityDisplayName) NOT LIKE '%polic%' AS is_factor
FROM raw

-- into: credential
SELECT
  item,
  occurred_at,
  coalesce(target_user, who) AS actor_email,
  CASE
    WHEN lower(activityDisplayName) LIKE '%delet%' OR lower(activityDisplayName) LIKE '%remov%' THEN 'removed'
    ELSE 'added'
  END AS action,
  activityDisplayName AS factor,
  -- Where somebody else acted, the address is not that of the account's holder.
  CASE WHEN coalesce(target_user, who) = who THEN initiatedBy_user_ipAddress END AS ip
FROM told
WHERE is_factor

-- into: activity
SELECT
  item, occurred_at, who AS actor_email, initiatedBy_user_ipAddress AS ip, 'entra' AS service, activityDisplayName AS action,
  coalesce(target_user, said(json_text(targetResources, '$[0].displayName')), category) AS target, 1 AS count
FROM told
WHERE NOT is_factor
