/*
id: salesforce_login
title: Salesforce login events (EventLogFile)
vendor_page: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_eventlogfile_login.htm
format: csv
columns:
  request_id: VARCHAR
  login_key: VARCHAR
  timestamp_derived: VARCHAR
  timestamp: VARCHAR
  event_type: VARCHAR
  user_name: VARCHAR
  source_ip: VARCHAR
  client_ip: VARCHAR
  browser_type: VARCHAR
  session_key: VARCHAR
  authentication_method_reference: VARCHAR
  login_status: VARCHAR
  request_status: VARCHAR
item_id: [request_id+login_key, request_id]
set_aside:
  nobody named: >-
    user_name IS NULL
  another kind of event: >-
    coalesce(event_type, 'Login') <> 'Login'
adds:
ignores:
  - api_type
  - api_version
  - authentication_service_id
  - cipher_suite
  - cpu_time
  - db_total_time
  - forwarded_for_ip
  - login_sub_type
  - login_type
  - organization_id
  - run_time
  - tls_protocol
  - uri
  - uri_id_derived
  - user_id
  - user_id_derived
  - user_type
  - "p_*"
into: [sign_in]
*/
-- into: sign_in
-- TIMESTAMP is written without separators or zone, UTC by Salesforce's word; TIMESTAMP_DERIVED says the same in ISO.
SELECT
  item,
  coalesce(instant(timestamp_derived), instant(timestamp), instant(
    substr(timestamp, 1, 4) || '-' || substr(timestamp, 5, 2) || '-' || substr(timestamp, 7, 2) || ' ' || substr(timestamp, 9, 2) || ':' || substr(timestamp, 11, 2) || ':' || substr(timestamp, 13))) AS occurred_at,
  lower(user_name) AS actor_email,
  coalesce(source_ip, client_ip) AS ip,
  browser_type AS user_agent,
  session_key AS session_id,
  'Salesforce' AS application,
  authentication_method_reference AS factor,
  CASE WHEN login_status = 'LOGIN_NO_ERROR' OR (login_status IS NULL AND request_status = 'Success') THEN 'success' WHEN login_status IS NOT NULL THEN 'failure' END AS outcome
FROM raw
