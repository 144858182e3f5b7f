/*
id: zoom_activity
title: Zoom sign-in and sign-out activities
vendor_page: https://developers.zoom.us/docs/api/rest/reference/zoom-api/methods/#operation/reportSignInSignOutActivities
format: jsonl
columns:
  email: VARCHAR
  time: VARCHAR
  type: VARCHAR
  ip_address: VARCHAR
  client_type: VARCHAR
  version: VARCHAR
item_id:
set_aside:
  nobody named: >-
    email IS NULL
  no type of activity: >-
    type IS NULL
adds:
ignores:
  - "p_*"
into: [sign_in, activity]
*/
-- first: told
SELECT *, instant(time) AS occurred_at, lower(email) AS who, nullif(concat_ws(' ', 'Zoom', client_type, version), 'Zoom') AS client FROM raw

-- into: sign_in
SELECT item, occurred_at, who AS actor_email, ip_address AS ip, client AS user_agent, 'Zoom' AS application, 'success' AS outcome FROM told WHERE lower(type) = 'sign in'

-- into: activity
SELECT item, occurred_at, who AS actor_email, ip_address AS ip, client AS user_agent, 'zoom' AS service, lower(type) AS action, 1 AS count FROM told WHERE lower(type) <> 'sign in'
