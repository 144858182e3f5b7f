/*
id: onelogin_events
title: OneLogin events
vendor_page: https://developers.onelogin.com/api-docs/1/events/event-types
format: jsonl
columns:
  id: VARCHAR
  event_type_id: BIGINT
  "created_at | p_event_time": VARCHAR
  actor_user_name: VARCHAR
  user_name: VARCHAR
  ipaddr: VARCHAR
  app_name: VARCHAR
  otp_device_name: VARCHAR
  authentication_factor_description: VARCHAR
item_id: [id]
set_aside:
  no event type: >-
    event_type_id IS NULL
  nobody named: >-
    user_name IS NULL AND actor_user_name IS NULL
adds:
ignores:
  - account_id
  - actor_system
  - actor_user_id
  - adc_id
  - adc_name
  - api_credential_name
  - app_id
  - assumed_by_superadmin_or_reseller
  - assuming_acting_user_id
  - authentication_factor_id
  - authentication_factor_type
  - browser_fingerprint
  - certificate_id
  - certificate_name
  - client_id
  - custom_message
  - directory_id
  - directory_name
  - directory_sync_run_id
  - error_description
  - group_id
  - group_name
  - imported_user_id
  - imported_user_name
  - login_id
  - login_name
  - mapping_id
  - mapping_name
  - note_id
  - note_title
  - notes
  - objec_id
  - object_id
  - operation_name
  - otp_device_id
  - param
  - policy_id
  - policy_name
  - policy_type
  - privilege_id
  - privilege_name
  - proxy_agent_id
  - proxy_agent_name
  - proxy_ip
  - radius_config_id
  - radius_config_name
  - resolution
  - resolved_at
  - resolved_by_user_id
  - resource_type_id
  - risk_cookie_id
  - risk_reasons
  - risk_score
  - role_id
  - role_name
  - self_registration_profile_id
  - self_registration_profile_name
  - service_directory_id
  - solved
  - task_name
  - trusted_idp_id
  - trusted_idp_name
  - user_field_id
  - user_field_name
  - user_id
  - uuid
  - "p_any*"
  - "p_log*"
  - "p_parse*"
  - "p_row*"
  - "p_schema*"
  - "p_source*"
  - "p_enrich*"
  - "p_udm*"
into: [sign_in, credential, activity]
*/
-- Numbers by OneLogin's list of event types: 5 logged in, 6 failed to log in, 8 logged into an app, 9 failed to, 13 reset the password,
-- 24 registered a one-time-code device, 23 removed one, 172 enrolled a factor, 173 removed one.
-- first: told
SELECT
  *,
  instant(created_at) AS occurred_at,
  lower(coalesce(user_name, actor_user_name)) AS who,
  CASE
    WHEN event_type_id IN (5, 6, 8, 9) THEN 'sign-in'
    WHEN event_type_id IN (24, 172) THEN 'added'
    WHEN event_type_id IN (23, 173) THEN 'removed'
    ELSE 'action'
  END AS what
FROM raw

-- into: sign_in
SELECT item, occurred_at, who AS actor_email, ipaddr AS ip, app_name AS application, CASE WHEN event_type_id IN (5, 8) THEN 'success' ELSE 'failure' END AS outcome
FROM told
WHERE what = 'sign-in'

-- into: credential
SELECT
  item, occurred_at, who AS actor_email, what AS action, coalesce(otp_device_name, authentication_factor_description) AS factor,
  CASE WHEN lower(coalesce(actor_user_name, who)) = who THEN ipaddr END AS ip
FROM told
WHERE what IN ('added', 'removed')

-- into: activity
SELECT
  item, occurred_at, lower(coalesce(actor_user_name, user_name)) AS actor_email, ipaddr AS ip, 'onelogin' AS service, 'event ' || event_type_id AS action,
  coalesce(app_name, user_name) AS target, 1 AS count
FROM told
WHERE what = 'action'
