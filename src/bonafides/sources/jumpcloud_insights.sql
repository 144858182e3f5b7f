/*
id: jumpcloud_insights
title: JumpCloud Directory Insights
vendor_page: https://docs.jumpcloud.com/api/insights/directory/1.0/index.html
format: jsonl
columns:
  id: VARCHAR
  timestamp: VARCHAR
  event_type: VARCHAR
  "initiated_by.email | initiated_by.username": VARCHAR
  client_ip: VARCHAR
  success: BOOLEAN
  useragent.name: VARCHAR
  "useragent.os_full | useragent.os": VARCHAR
  geoip.country_code: VARCHAR
  geoip.region_name: VARCHAR
  geoip.latitude: DOUBLE
  geoip.longitude: DOUBLE
  "auth_context.system.hostname | auth_context.system.id": VARCHAR
  application.name: VARCHAR
  "resource.username | resource.name": VARCHAR
  mfa: BOOLEAN
item_id: [id]
set_aside:
  no event type: >-
    event_type IS NULL
  actor is no person: >-
    initiated_by_email IS NULL
adds:
ignores:
  - "@version"
  - "@timestamp"
  - application.display_label
  - application.id
  - application.sso_url
  - association
  - auth_context.jumpcloud_protect_device
  - auth_context.policies_applied
  - auth_context.auth_methods
  - auth_context.system.displayName
  - auth_context.system.os
  - auth_context.system.version
  - auth_method
  - changes
  - error_message
  - event_created_at
  - geoip.continent_code
  - geoip.region_code
  - geoip.timezone
  - idp_initiated
  - initiated_by.id
  - initiated_by.type
  - mfa_meta
  - message
  - organization
  - provider
  - resource.id
  - resource.type
  - resource.email_type
  - resource.recipient_email
  - service
  - sso_token_success
  - system
  - useragent.device
  - useragent.major
  - useragent.minor
  - useragent.os_major
  - useragent.os_minor
  - useragent.os_name
  - useragent.os_patch
  - useragent.os_version
  - useragent.patch
  - useragent.version
  - "p_*"
into: [sign_in, credential, activity]
*/
-- first: told
SELECT
  *, instant(timestamp) AS occurred_at, lower(initiated_by_email) AS who,
  CASE WHEN event_type LIKE '%login_attempt' OR event_type IN ('sso_auth', 'radius_auth_attempt', 'ldap_bind', 'system_login') THEN 'sign-in'
       WHEN event_type LIKE '%totp%' OR event_type LIKE '%mfa%' THEN 'factor' ELSE 'action' END AS what
FROM raw

-- into: sign_in
SELECT
  item, occurred_at, who AS actor_email, auth_context_system_hostname AS device_id, client_ip AS ip, geoip_region_name AS region, geoip_country_code AS country, geoip_latitude AS latitude,
  geoip_longitude AS longitude, nullif(concat_ws(' ', useragent_name, useragent_os_full), '') AS user_agent, coalesce(application_name, 'JumpCloud') AS application, CASE WHEN mfa THEN 'mfa' END AS factor,
  CASE WHEN success THEN 'success' WHEN NOT success THEN 'failure' END AS outcome
FROM told
WHERE what = 'sign-in'

-- into: credential
SELECT
  item, occurred_at, lower(coalesce(resource_username, who)) AS actor_email,
  CASE WHEN event_type LIKE '%delete%' OR event_type LIKE '%disable%' THEN 'removed' WHEN event_type LIKE '%reset%' THEN 'reset' ELSE 'added' END AS action,
  event_type AS factor, CASE WHEN lower(coalesce(resource_username, who)) = who THEN client_ip END AS ip
FROM told
WHERE what = 'factor'

-- into: activity
SELECT item, occurred_at, who AS actor_email, client_ip AS ip, 'jumpcloud' AS service, event_type AS action, coalesce(resource_username, application_name) AS target, 1 AS count
FROM told
WHERE what = 'action'
