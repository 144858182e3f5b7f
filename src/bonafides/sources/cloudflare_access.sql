/*
id: cloudflare_access
title: Cloudflare Access requests
vendor_page: https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/account/access_requests/
format: jsonl
columns:
  "RayID | ray_id": VARCHAR
  "CreatedAt | created_at": VARCHAR
  "Email | user_email": VARCHAR
  "IPAddress | ip_address": VARCHAR
  Action: VARCHAR
  Allowed: BOOLEAN
  "AppDomain | app_domain": VARCHAR
  Connection: VARCHAR
  Country: VARCHAR
item_id: [RayID+Action]
set_aside:
  nobody named: >-
    Email IS NULL
adds:
ignores:
  - AppUUID
  - app_uid
  - app_name
  - app_type
  - PurposeJustificationPrompt
  - PurposeJustificationResponse
  - TemporaryAccessApprovers
  - TemporaryAccessDuration
  - UserUID
  - user_uid
  - identity_provider
  - nonce
  - "p_*"
into: [sign_in, activity]
*/
-- first: told
SELECT *, instant(CreatedAt) AS occurred_at, lower(Email) AS who FROM raw

-- into: sign_in
SELECT item, occurred_at, who AS actor_email, IPAddress AS ip, Country AS country, AppDomain AS application, Connection AS factor, CASE WHEN Allowed THEN 'success' WHEN NOT Allowed THEN 'failure' END AS outcome
FROM told
WHERE lower(coalesce(Action, 'login')) = 'login'

-- into: activity
SELECT item, occurred_at, who AS actor_email, IPAddress AS ip, 'cloudflare' AS service, lower(Action) AS action, AppDomain AS target, 1 AS count
FROM told
WHERE lower(Action) <> 'login'
