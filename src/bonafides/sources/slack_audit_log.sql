/*
id: slack_audit_log
title: Slack audit logs
vendor_page: https://docs.slack.dev/admins/audit-logs-api/
format: jsonl
columns:
  id: VARCHAR
  date_create: VARCHAR
  action: VARCHAR
  actor.type: VARCHAR
  actor.user.email: VARCHAR
  context.ip_address: VARCHAR
  context.ua: VARCHAR
  context.session_id: VARCHAR
  entity: JSON
item_id: [id]
set_aside:
  no action: >-
    action IS NULL
  actor is no person: >-
    actor_user_email IS NULL
adds:
ignores:
  - actor.user.id
  - actor.user.name
  - actor.user.team
  - context.app
  - context.location
  - details
  - "p_*"
into: [sign_in, activity]
*/
-- first: told
SELECT *, instant(date_create) AS occurred_at, lower(actor_user_email) AS who FROM raw

-- into: sign_in
SELECT
  item, occurred_at, who AS actor_email, context_ip_address AS ip, context_ua AS user_agent, context_session_id AS session_id, 'Slack' AS application,
  CASE WHEN action = 'user_login' THEN 'success' ELSE 'failure' END AS outcome
FROM told
WHERE action IN ('user_login', 'user_login_failed')

-- into: activity
SELECT
  item, occurred_at, who AS actor_email, context_ip_address AS ip, context_ua AS user_agent, 'slack' AS service, action,
  coalesce(
    said(json_text(entity, '$.user.email')), said(json_text(entity, '$.file.title')), said(json_text(entity, '$.file.name')), said(json_text(entity, '$.channel.name')),
    said(json_text(entity, '$.app.name')), said(json_text(entity, '$.workspace.name'))) AS target,
  1 AS count
FROM told
WHERE action NOT IN ('user_login', 'user_login_failed')
