/*
id: workday_activity
title: Workday user activity
vendor_page: https://community.workday.com/sites/default/files/file-hosting/restapi/#privacy/v1/post-/activityLogging
format: jsonl
columns:
  systemAccount: VARCHAR
  requestTime: VARCHAR
  activityAction: VARCHAR
  taskDisplayName: VARCHAR
  target.descriptor: VARCHAR
  ipAddress: VARCHAR
  userAgent: VARCHAR
  sessionId: VARCHAR
item_id:
set_aside:
  nobody named: >-
    systemAccount IS NULL
  no activity: >-
    activityAction IS NULL AND taskDisplayName IS NULL
adds:
ignores:
  - deviceType
  - taskId
  - target.href
  - target.id
  - userActivityEntryCount
  - "p_*"
into: [activity]
*/
-- into: activity
SELECT
  item, instant(requestTime) AS occurred_at, lower(systemAccount) AS actor_email, ipAddress AS ip, userAgent AS user_agent, 'workday' AS service,
  concat_ws(': ', activityAction, taskDisplayName) AS action, target_descriptor AS target, 1 AS count
FROM raw
