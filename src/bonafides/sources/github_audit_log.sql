/*
id: github_audit_log
title: GitHub organisation or enterprise audit log
vendor_page: https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization
format: jsonl
columns:
  "@timestamp": VARCHAR
  created_at: VARCHAR
  at_sign_timestamp: VARCHAR
  _document_id: VARCHAR
  action: VARCHAR
  actor: VARCHAR
  actor_ip: VARCHAR
  actor_is_bot: BOOLEAN
  external_identity_nameid: VARCHAR
  external_identity_username: VARCHAR
  user_agent: VARCHAR
  user: VARCHAR
  repo: VARCHAR
  repository: VARCHAR
  org: VARCHAR
  business: VARCHAR
item_id: [_document_id]
set_aside:
  no action: action IS NULL
  actor is a bot: coalesce(actor_is_bot, false) OR lower(coalesce(actor, '')) LIKE '%[bot]'
adds:
ignores:
  - actor_id
  - actor_location
  - application_client_id
  - branch
  - business_id
  - completed_at
  - conclusion
  - data
  - event
  - hashed_token
  - head_branch
  - head_sha
  - integration
  - name
  - oauth_application*
  - operation_type
  - org_id
  - p_*
  - programmatic_access_type
  - public_repo
  - pull_request_*
  - repo_id
  - repository_id
  - repository_public
  - request_*
  - ruleset_*
  - run_*
  - started_at
  - team
  - token_*
  - transport_protocol*
  - protocol_name
  - url
  - user_id
  - visibility
  - workflow_*
into: [activity, credential]
*/

-- first: told
-- Who acted is the account behind single sign-on where the log says it, else the handle.
SELECT
  *,
  coalesce(instant("_timestamp"), instant(created_at), instant(at_sign_timestamp)) AS occurred_at,
  lower(CASE
    WHEN external_identity_nameid LIKE '%@%' THEN external_identity_nameid
    WHEN external_identity_username LIKE '%@%' THEN external_identity_username
    ELSE actor
  END) AS who,
  CASE
    WHEN NOT matches(
      action,
      '^(public_key|personal_access_token|two_factor_authentication|org_credential_authorization)[.]'
    ) THEN 'action'
    WHEN matches(action, '[.](create|enabled|grant|access_granted)$') THEN 'added'
    WHEN matches(action, '[.](delete|disabled|deauthorized|revoke|access_revoked)$') THEN 'removed'
    WHEN matches(action, '[.](update|regenerated|credential_regenerated)$') THEN 'reset'
    ELSE 'action'
  END AS what
FROM raw

-- into: activity
SELECT
  item,
  occurred_at,
  who AS actor_email,
  actor_ip AS ip,
  user_agent,
  'github' AS service,
  action,
  coalesce(repo, repository, "user", org, business) AS target,
  1 AS count
FROM told
WHERE what = 'action'

-- into: credential
SELECT
  item,
  occurred_at,
  who AS actor_email,
  what AS action,
  part_of(action, '^([a-z_]+)[.]') AS factor,
  actor_ip AS ip
FROM told
WHERE what <> 'action'
