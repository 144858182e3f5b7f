/*
id: gitlab_audit
title: GitLab audit events (audit_json.log and API)
vendor_page: https://docs.gitlab.com/administration/logs/#audit_jsonlog
format: jsonl
columns:
  id: VARCHAR
  "time | created_at": VARCHAR
  author_name: VARCHAR
  "author_email | details.author_email": VARCHAR
  "\"meta.user\" | details.author_username": VARCHAR
  "\"meta.remote_ip\" | ip_address | details.ip_address": VARCHAR
  "event_name | details.event_name | details.action": VARCHAR
  "custom_message | detail.custom_message | details.custom_message | change | add | remove": VARCHAR
  "target_details | detail.target_details | details.target_details | details.entity_path": VARCHAR
item_id:
set_aside:
  nobody named: >-
    author_email IS NULL AND meta_user IS NULL AND author_name IS NULL
  no action: >-
    event_name IS NULL AND custom_message IS NULL
adds:
ignores:
  - as
  - author_class
  - author_id
  - correlation_id
  - entity_id
  - entity_path
  - entity_type
  - from
  - meta.caller_id
  - meta.client_id
  - meta.feature_category
  - meta.project
  - meta.root_namespace
  - meta.user_id
  - severity
  - target_id
  - target_type
  - to
  - with
  - expiry_from
  - expiry_to
  - event_type
  - details.author_name
  - details.author_class
  - details.author_id
  - details.entity_id
  - details.entity_type
  - details.target_id
  - details.target_type
  - details.with
  - details.as
  - details.from
  - details.to
  - details.change
  - details.add
  - details.remove
  - details.registration_details
  - "p_*"
into: [activity]
*/
-- into: activity
SELECT
  item, instant(time) AS occurred_at, lower(coalesce(author_email, meta_user, author_name)) AS actor_email, meta_remote_ip AS ip, 'gitlab' AS service,
  coalesce(event_name, custom_message) AS action, target_details AS target, 1 AS count
FROM raw
