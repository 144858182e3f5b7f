/*
id: box_events
title: Box enterprise events
vendor_page: https://developer.box.com/reference/get-events
format: jsonl
columns:
  event_id: VARCHAR
  "created_at | p_event_time": VARCHAR
  event_type: VARCHAR
  created_by.login: VARCHAR
  ip_address: VARCHAR
  session_id: VARCHAR
  source: JSON
  additional_details: JSON
item_id: [event_id]
set_aside:
  no event type: >-
    event_type IS NULL
  nobody named: >-
    created_by_login IS NULL
adds:
ignores:
  - accessible_by
  - action_by
  - created_by.id
  - created_by.name
  - created_by.type
  - recorded_at
  - type
  - "p_any*"
  - "p_log*"
  - "p_parse*"
  - "p_row*"
  - "p_schema*"
  - "p_source*"
  - "p_enrich*"
  - "p_udm*"
into: [sign_in, activity]
*/
-- first: told
SELECT *, instant(created_at) AS occurred_at, lower(created_by_login) AS who FROM raw

-- into: sign_in
SELECT
  item, occurred_at, who AS actor_email, ip_address AS ip, session_id, 'Box' AS application,
  CASE WHEN event_type = 'LOGIN' THEN 'success' ELSE 'failure' END AS outcome
FROM told
WHERE event_type IN ('LOGIN', 'FAILED_LOGIN')

-- into: activity
SELECT
  item, occurred_at, who AS actor_email, ip_address AS ip, 'box' AS service, event_type AS action,
  coalesce(said(json_text(source, '$.item_name')), said(json_text(source, '$.name')), said(json_text(source, '$.login'))) AS target, 1 AS count,
  CASE WHEN event_type IN ('DOWNLOAD', 'UPLOAD') THEN whole(json_text(additional_details, '$.size')) END AS moved_bytes
FROM told
WHERE event_type NOT IN ('LOGIN', 'FAILED_LOGIN')
