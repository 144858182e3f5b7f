/*
id: okta_system_log
title: Okta System Log
vendor_page: https://developer.okta.com/docs/reference/api/system-log/
format: jsonl
columns:
  uuid: VARCHAR
  published | timestamp: VARCHAR
  eventType: VARCHAR
  actor.type: VARCHAR
  actor.alternateId: VARCHAR
  client.ipAddress: VARCHAR
  client.userAgent.rawUserAgent: VARCHAR
  client.geographicalContext.city: VARCHAR
  client.geographicalContext.state: VARCHAR
  client.geographicalContext.country: VARCHAR
  client.geographicalContext.geolocation.lat: DOUBLE
  client.geographicalContext.geolocation.lon: DOUBLE
  device.id: VARCHAR
  device.name: VARCHAR
  outcome.result: VARCHAR
  target: JSON
  authenticationContext.externalSessionId: VARCHAR
  authenticationContext.credentialType: VARCHAR
  debugContext.debugData: JSON
  securityContext.asNumber: BIGINT
  securityContext.asOrg: VARCHAR
  securityContext.isProxy: BOOLEAN
item_id: [uuid]
set_aside:
  no event type: eventType IS NULL
  actor is no person: >-
    coalesce(actor_alternateId, '') NOT LIKE '%@%' AND NOT (
      (eventType LIKE 'user.mfa.factor.%' OR eventType LIKE 'device.user.%')
      AND coalesce(json_where(target, '$.type', 'User', '$.alternateId'), '') LIKE '%@%')
  actor is a program: >-
    actor_type IN ('SystemPrincipal', 'PublicClientApp', 'AppInstance')
    AND NOT (
      (eventType LIKE 'user.mfa.factor.%' OR eventType LIKE 'device.user.%')
      AND coalesce(json_where(target, '$.type', 'User', '$.alternateId'), '') LIKE '%@%')
adds:
ignores:
  - actor.detailEntry
  - actor.display_name
  - actor.displayName
  - actor.id
  - authentication_context.authentication_provider
  - authentication_context.authentication_step
  - authentication_context.credential_provider
  - authentication_context.issuer
  - authenticationContext.authenticationProvider
  - authenticationContext.authenticationStep
  - authenticationContext.authenticatorContext
  - authenticationContext.credentialProvider
  - authenticationContext.interface
  - authenticationContext.issuer
  - authenticationContext.rootSessionId
  - client.device
  - client.geographical_context.postal_code
  - client.geographicalContext.postalCode
  - client.id
  - client.user_agent.browser
  - client.user_agent.os
  - client.userAgent.browser
  - client.userAgent.os
  - client.zone
  - debug_context.debug_data.request_uri
  - device.device_integrator
  - device.disk_encryption_type
  - device.jailbreak
  - device.managed
  - device.os_platform
  - device.os_version
  - device.registered
  - device.screen_lock_type
  - device.secure_hardware_present
  - display_message
  - displayMessage
  - legacy_event_type
  - legacyEventType
  - outcome.reason
  - p_*
  - request
  - "request.ip_chain.*"
  - securityContext.domain
  - securityContext.ipDetails
  - securityContext.isp
  - securityContext.risk
  - securityContext.userBehaviors
  - severity
  - transaction
  - version
into: [sign_in, credential, activity]
*/

-- first: told
-- What an event is decides its one table. A factor belongs to the user acted on, whoever acted; a change that failed
-- is none. Passwords are changed by routine and stay in activity.
SELECT
  *,
  instant(published) AS occurred_at,
  coalesce(device_id, device_name) AS device,
  lower(said(json_where(target, '$.type', 'User', '$.alternateId'))) AS target_user,
  lower(actor_alternateId) AS who,
  CASE
    WHEN eventType IN ('user.session.start', 'policy.evaluate_sign_on') THEN 'sign-in'
    WHEN eventType = 'user.authentication.universal_logout' THEN 'action'
    WHEN eventType LIKE 'user.authentication.%' THEN 'sign-in'
    WHEN coalesce(outcome_result, 'SUCCESS') <> 'SUCCESS' THEN 'action'
    WHEN eventType IN ('user.mfa.factor.activate', 'user.mfa.factor.unsuspend', 'device.user.add') THEN 'added'
    WHEN eventType IN ('user.mfa.factor.deactivate', 'user.mfa.factor.suspend', 'device.user.remove') THEN 'removed'
    WHEN eventType IN ('user.mfa.factor.reset_all', 'user.mfa.factor.update') THEN 'reset'
    ELSE 'action'
  END AS what
FROM raw

-- into: sign_in
SELECT
  item,
  occurred_at,
  who AS actor_email,
  device AS device_id,
  client_ipAddress AS ip,
  securityContext_asNumber AS asn,
  securityContext_asOrg AS as_org,
  client_geographicalContext_city AS city,
  client_geographicalContext_state AS region,
  client_geographicalContext_country AS country,
  client_geographicalContext_geolocation_lat AS latitude,
  client_geographicalContext_geolocation_lon AS longitude,
  securityContext_isProxy AS is_proxy,
  client_userAgent_rawUserAgent AS user_agent,
  authenticationContext_externalSessionId AS session_id,
  coalesce(
    said(json_where(target, '$.type', 'AppInstance', '$.displayName')),
    said(json_where(target, '$.type', 'AppInstance', '$.alternateId'))
  ) AS application,
  coalesce(
    said(json_text(debugContext_debugData, '$.factor')),
    said(json_where(target, '$.type', 'AuthenticatorEnrollment', '$.displayName')),
    authenticationContext_credentialType
  ) AS factor,
  CASE
    WHEN outcome_result IN ('SUCCESS', 'ALLOW') THEN 'success'
    WHEN outcome_result IN ('FAILURE', 'DENY', 'RATE_LIMIT') THEN 'failure'
    WHEN outcome_result IN ('CHALLENGE', 'UNANSWERED', 'ABANDONED', 'DEFERRED') THEN 'challenge'
  END AS outcome
FROM told
WHERE what = 'sign-in'

-- into: credential
SELECT
  item,
  occurred_at,
  CASE WHEN target_user LIKE '%@%' THEN target_user ELSE who END AS actor_email,
  what AS action,
  coalesce(
    said(json_text(debugContext_debugData, '$.factor')),
    said(json_where(target, '$.type', 'AuthenticatorEnrollment', '$.displayName')),
    CASE WHEN eventType LIKE 'device.user.%' THEN 'device' END
  ) AS factor,
  -- Okta's own log holds the id of a phone at most; some exports add its number, as the phone's name.
  coalesce(
    part_of(json_where(target, '$.type', 'MobilePhone', '$.displayName'), '([+]?[0-9][0-9 ().-]{6,})'),
    part_of(json_where(target, '$.type', 'MobilePhone', '$.alternateId'), '([+]?[0-9][0-9 ().-]{6,})')
  ) AS phone,
  -- Where somebody else acted, the address and the computer are not those of the account's holder.
  coalesce(
    said(json_where(target, '$.type', 'Device', '$.id')),
    CASE WHEN coalesce(target_user, who) = who THEN device END
  ) AS device_id,
  CASE WHEN coalesce(target_user, who) = who THEN client_ipAddress END AS ip
FROM told
WHERE what IN ('added', 'removed', 'reset')

-- into: activity
SELECT
  item,
  occurred_at,
  who AS actor_email,
  client_ipAddress AS ip,
  client_userAgent_rawUserAgent AS user_agent,
  'okta' AS service,
  eventType AS action,
  coalesce(
    said(json_where(target, '$.type', 'AppInstance', '$.displayName')),
    said(json_text(target, '$[0].alternateId')),
    said(json_text(target, '$[0].displayName'))
  ) AS target,
  1 AS count
FROM told
WHERE what = 'action'
