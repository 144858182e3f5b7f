/*
id: auth0_log
title: Auth0 tenant log
vendor_page: https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes
format: jsonl
columns:
  "log_id | data.log_id | _id | data._id": VARCHAR
  "date | data.date": VARCHAR
  "type | data.type": VARCHAR
  "ip | data.ip": VARCHAR
  "user_agent | data.user_agent": VARCHAR
  "user_name | data.user_name": VARCHAR
  "client_name | data.client_name": VARCHAR
  "description | data.description": VARCHAR
  "details | data.details": JSON
  "location_info | data.location_info": JSON
item_id: [log_id]
set_aside:
  no type of event: >-
    type IS NULL
  nobody named: >-
    coalesce(said(json_text(details, '$.request.auth.user.email')), user_name) IS NULL
adds:
ignores:
  - audience
  - auth0_client
  - client_id
  - client_ip
  - connection
  - connection_id
  - data.audience
  - data.auth0_client
  - data.client_id
  - data.client_ip
  - data.connection
  - data.connection_id
  - data.hostname
  - data.id
  - data.isMobile
  - data.scope
  - data.security_context
  - data.session_connection
  - data.session_connection_id
  - data.strategy
  - data.strategy_type
  - data.tenant_name
  - data.user_id
  - data.$event_schema
  - data.environment_name
  - data.references
  - hostname
  - id
  - isMobile
  - scope
  - session_connection
  - strategy
  - strategy_type
  - tenant_name
  - user_id
  - "p_*"
into: [sign_in, credential, activity]
*/
-- Codes by Auth0's list: s and ss… are successes, f… failures, gd_… the guardian's factors; what an administrator's API call does is an action,
-- and so is a password changed, by routine as a rule.
-- first: told
SELECT
  *,
  instant(date) AS occurred_at,
  lower(coalesce(said(json_text(details, '$.request.auth.user.email')), user_name)) AS who,
  CASE
    WHEN type IN ('s', 'ssa', 'scoa', 'seccft', 'sepft', 'f', 'fp', 'fu', 'fsa', 'fcoa', 'fepft', 'gd_auth_succeed', 'gd_auth_failed', 'gd_auth_rejected') THEN 'sign-in'
    WHEN type IN ('gd_enrollment_complete', 'gd_recovery_succeed') THEN 'added'
    WHEN type = 'gd_unenroll' THEN 'removed'
    ELSE 'action'
  END AS what
FROM raw

-- into: sign_in
SELECT
  item, occurred_at, who AS actor_email, ip, said(json_text(location_info, '$.city_name')) AS city, said(json_text(location_info, '$.country_code')) AS country,
  number_of(json_text(location_info, '$.latitude')) AS latitude, number_of(json_text(location_info, '$.longitude')) AS longitude, user_agent, client_name AS application,
  CASE WHEN type LIKE 's%' OR type = 'gd_auth_succeed' THEN 'success' ELSE 'failure' END AS outcome
FROM told
WHERE what = 'sign-in'

-- into: credential
SELECT
  item, occurred_at, who AS actor_email, what AS action,
  said(json_text(details, '$.authenticator.type')) AS factor,
  said(json_text(details, '$.authenticator.phone_number')) AS phone, ip
FROM told
WHERE what IN ('added', 'removed')

-- into: activity
SELECT
  item, occurred_at, who AS actor_email, ip, user_agent, 'auth0' AS service, coalesce(description, type) AS action,
  coalesce(said(json_text(details, '$.request.path')), client_name) AS target, 1 AS count
FROM told
WHERE what = 'action'
