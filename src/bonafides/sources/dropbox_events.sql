/*
id: dropbox_events
title: Dropbox team log
vendor_page: https://www.dropbox.com/developers/documentation/http/teams#team_log-get_events
format: jsonl
columns:
  timestamp: VARCHAR
  event_type: JSON
  actor: JSON
  origin.geo_location.ip_address: VARCHAR
  origin.geo_location.city: VARCHAR
  origin.geo_location.region: VARCHAR
  origin.geo_location.country: VARCHAR
  assets: JSON
item_id:
set_aside:
  no event type: >-
    event_type IS NULL
  nobody named: >-
    coalesce(said(json_text(actor, '$.user.email')), said(json_text(actor, '$.admin.email'))) IS NULL
adds:
ignores:
  - context
  - details
  - event_category
  - involve_non_team_member
  - origin.access_method
  - participants
  - "p_*"
into: [sign_in, activity]
*/
-- first: told
SELECT
  *, instant(timestamp) AS occurred_at, lower(coalesce(said(json_text(actor, '$.user.email')), said(json_text(actor, '$.admin.email')))) AS who,
  coalesce(said(json_text(event_type, '$._tag')), said(json_text(event_type, '$.".tag"'))) AS what
FROM raw

-- into: sign_in
SELECT
  item, occurred_at, who AS actor_email, origin_geo_location_ip_address AS ip, origin_geo_location_city AS city, origin_geo_location_region AS region,
  origin_geo_location_country AS country, 'Dropbox' AS application, CASE WHEN what LIKE '%fail' THEN 'failure' ELSE 'success' END AS outcome
FROM told
WHERE what IN ('login_success', 'login_fail')

-- into: activity
SELECT
  item, occurred_at, who AS actor_email, origin_geo_location_ip_address AS ip, 'dropbox' AS service, what AS action,
  coalesce(said(json_text(assets, '$[0].path.contextual')), said(json_text(assets, '$[0].display_name'))) AS target, 1 AS count
FROM told
WHERE what NOT IN ('login_success', 'login_fail')
