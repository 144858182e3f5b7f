/*
id: duo_authentication
title: Duo authentication log
vendor_page: https://duo.com/docs/adminapi#authentication-logs
format: jsonl
columns:
  txid: VARCHAR
  isotimestamp: VARCHAR
  timestamp: VARCHAR
  event_type: VARCHAR
  email: VARCHAR
  user.name: VARCHAR
  factor: VARCHAR
  result: VARCHAR
  application.name: VARCHAR
  access_device.ip: VARCHAR
  access_device.location.city: VARCHAR
  access_device.location.state: VARCHAR
  access_device.location.country: VARCHAR
  access_device.browser: VARCHAR
  access_device.os: VARCHAR
  access_device.hostname: VARCHAR
  access_device.epkey: VARCHAR
  auth_device.ip: VARCHAR
  auth_device.name: VARCHAR
  auth_device.key: VARCHAR
  auth_device.location.city: VARCHAR
  auth_device.location.state: VARCHAR
  auth_device.location.country: VARCHAR
item_id: [txid]
set_aside:
  no event type: >-
    event_type IS NULL
  nobody named: >-
    email IS NULL AND user_name IS NULL
adds:
ignores:
  - access_device.browser_version
  - access_device.flash_version
  - access_device.is_encryption_enabled
  - access_device.is_firewall_enabled
  - access_device.is_password_set
  - access_device.java_version
  - access_device.os_version
  - access_device.security_agents
  - adaptive_trust_assessments
  - alias
  - application.key
  - eventtype
  - ood_software
  - reason
  - trusted_endpoint_status
  - user.groups
  - user.key
  - "p_*"
into: [sign_in, credential]
*/
-- first: told
SELECT *, coalesce(instant(isotimestamp), instant(timestamp)) AS occurred_at, lower(coalesce(email, user_name)) AS who, event_type = 'enrollment' AS is_enrollment
FROM raw

-- into: sign_in
SELECT
  item,
  CAST(NULL AS VARCHAR) AS part,
  occurred_at,
  who AS actor_email,
  coalesce(access_device_hostname, access_device_epkey) AS device_id,
  access_device_ip AS ip,
  access_device_location_city AS city,
  access_device_location_state AS region,
  access_device_location_country AS country,
  nullif(concat_ws(' ', access_device_browser, access_device_os), '') AS user_agent,
  txid AS session_id,
  application_name AS application,
  factor,
  CASE
    WHEN lower(result) IN ('success', 'allow') THEN 'success'
    WHEN lower(result) IN ('failure', 'denied', 'deny', 'fraud', 'error') THEN 'failure'
  END AS outcome
FROM told
WHERE NOT is_enrollment
UNION ALL
-- Where the telephone was that approved it: a place of its own, which is what tells two people apart.
SELECT
  item, 'approval', occurred_at, who, coalesce(auth_device_key, auth_device_name), auth_device_ip, auth_device_location_city,
  auth_device_location_state, auth_device_location_country, CAST(NULL AS VARCHAR), txid, application_name, factor, 'challenge'
FROM told
WHERE NOT is_enrollment AND (auth_device_ip IS NOT NULL OR auth_device_location_city IS NOT NULL)

-- into: credential
SELECT
  item,
  occurred_at,
  who AS actor_email,
  CASE WHEN lower(coalesce(result, 'success')) = 'success' THEN 'added' END AS action,
  factor,
  part_of(auth_device_name, '([+]?[0-9][0-9 ().-]{6,})') AS phone,
  coalesce(auth_device_key, auth_device_name) AS device_id,
  access_device_ip AS ip
FROM told
WHERE is_enrollment
