/*
id: snowflake_login_history
title: Snowflake LOGIN_HISTORY
vendor_page: https://docs.snowflake.com/en/sql-reference/account-usage/login_history
format: csv
columns:
  event_id: VARCHAR
  event_timestamp: VARCHAR
  event_type: VARCHAR
  user_name: VARCHAR
  client_ip: VARCHAR
  reported_client_type: VARCHAR
  reported_client_version: VARCHAR
  first_authentication_factor: VARCHAR
  second_authentication_factor: VARCHAR
  is_success: BOOLEAN
item_id: [event_id]
set_aside:
  nobody named: >-
    user_name IS NULL
adds:
ignores:
  - client_private_link_id
  - connection
  - error_code
  - error_message
  - first_authentication_factor_id
  - login_details
  - reader_account_name
  - related_event_id
  - second_authentication_factor_id
  - "p_*"
into: [sign_in]
*/
-- into: sign_in
SELECT
  item, instant(event_timestamp) AS occurred_at, lower(user_name) AS actor_email, client_ip AS ip,
  nullif(concat_ws(' ', reported_client_type, reported_client_version), '') AS user_agent, 'Snowflake' AS application,
  nullif(concat_ws(' + ', first_authentication_factor, second_authentication_factor), '') AS factor,
  CASE WHEN is_success THEN 'success' WHEN NOT is_success THEN 'failure' END AS outcome
FROM raw
WHERE coalesce(event_type, 'LOGIN') = 'LOGIN'
