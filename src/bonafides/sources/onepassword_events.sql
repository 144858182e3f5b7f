/*
id: onepassword_events
title: "1Password Events API: sign-in attempts and item usages"
vendor_page: https://developer.1password.com/docs/events-api/reference/
format: jsonl
columns:
  uuid: VARCHAR
  session_uuid: VARCHAR
  timestamp: VARCHAR
  category: VARCHAR
  type: VARCHAR
  target_user.email: VARCHAR
  user.email: VARCHAR
  item_uuid: VARCHAR
  vault_uuid: VARCHAR
  action: VARCHAR
  client.ip_address: VARCHAR
  client.app_name: VARCHAR
  client.os_name: VARCHAR
  client.platform_name: VARCHAR
  "country | location.country": VARCHAR
  location.city: VARCHAR
  location.region: VARCHAR
  location.latitude: DOUBLE
  location.longitude: DOUBLE
item_id: [uuid+type, uuid+item_uuid, uuid]
set_aside:
  nobody named: >-
    target_user_email IS NULL AND user_email IS NULL
  neither a sign-in nor a use of an item: >-
    category IS NULL AND item_uuid IS NULL
adds:
ignores:
  - account_uuid
  - client.app_version
  - client.os_version
  - client.platform_version
  - details
  - target_user.name
  - target_user.uuid
  - target_user.type
  - used_version
  - user.name
  - user.uuid
  - user.type
  - "p_*"
into: [sign_in, activity]
*/
-- into: sign_in
-- The platform's name often holds the machine's name and serial number, after a dash.
SELECT
  item,
  instant(timestamp) AS occurred_at,
  lower(coalesce(target_user_email, user_email)) AS actor_email,
  coalesce(part_of(client_platform_name, '([A-Z0-9]{8,})$'), client_platform_name) AS device_id,
  client_ip_address AS ip,
  location_city AS city,
  location_region AS region,
  country,
  location_latitude AS latitude,
  location_longitude AS longitude,
  nullif(concat_ws(' ', client_app_name, client_os_name), '') AS user_agent,
  session_uuid AS session_id,
  '1Password' AS application,
  type AS factor,
  CASE WHEN category = 'success' THEN 'success' ELSE 'failure' END AS outcome
FROM raw
WHERE item_uuid IS NULL

-- into: activity
SELECT
  item, instant(timestamp) AS occurred_at, lower(coalesce(user_email, target_user_email)) AS actor_email, client_ip_address AS ip,
  nullif(concat_ws(' ', client_app_name, client_os_name), '') AS user_agent, '1password' AS service, coalesce(action, 'item used') AS action, vault_uuid || '/' || item_uuid AS target, 1 AS count
FROM raw
WHERE item_uuid IS NOT NULL
