/*
id: notion_audit
title: Notion audit log
vendor_page: https://www.notion.com/help/audit-log
format: jsonl
columns:
  event.id: VARCHAR
  event.timestamp: VARCHAR
  event.type: VARCHAR
  event.actor.person.email: VARCHAR
  event.ip_address: VARCHAR
  event.platform: VARCHAR
  event.details: JSON
item_id: [event_id+event_type+event_timestamp]
set_aside:
  no event type: >-
    event_type IS NULL
  actor is no person: >-
    event_actor_person_email IS NULL
adds:
ignores:
  - event.actor.id
  - event.actor.object
  - event.actor.type
  - "event.workspace.*"
  - event.workspace
  - event.workspace_id
  - event.user
  - event.page
  - "p_*"
into: [sign_in, activity]
*/
-- first: told
SELECT *, instant(event_timestamp) AS occurred_at, lower(event_actor_person_email) AS who FROM raw

-- into: sign_in
SELECT item, occurred_at, who AS actor_email, event_ip_address AS ip, event_platform AS user_agent, 'Notion' AS application, said(json_text(event_details, '$.authType')) AS factor, 'success' AS outcome
FROM told
WHERE event_type = 'user.login'

-- into: activity
SELECT
  item, occurred_at, who AS actor_email, event_ip_address AS ip, event_platform AS user_agent, 'notion' AS service, event_type AS action,
  coalesce(said(json_text(event_details, '$.target.page_id')), said(json_text(event_details, '$.target.name')), said(json_text(event_details, '$.entity.person.email'))) AS target, 1 AS count
FROM told
WHERE event_type <> 'user.login'
