/*
id: google_workspace_reports
title: Google Workspace Reports API activities
vendor_page: https://developers.google.com/workspace/admin/reports/v1/reference/activities/list
format: json
columns:
  "id.time | p_event_time": VARCHAR
  id.uniqueQualifier: VARCHAR
  id.applicationName: VARCHAR
  actor.email: VARCHAR
  ipAddress: VARCHAR
  networkInfo: JSON
  events: JSON
  name: VARCHAR
  type: VARCHAR
  parameters: JSON
item_id: [id_time+id_uniqueQualifier+id_applicationName+name, id_time+id_uniqueQualifier+id_applicationName]
set_aside:
  actor is no person: >-
    coalesce(actor_email, '') NOT LIKE '%@%'
  no event: >-
    name IS NULL AND coalesce(events, '[]') = '[]'
adds:
ignores:
  - actor.applicationInfo
  - actor.callerType
  - actor.key
  - actor.profileId
  - etag
  - id.customerId
  - kind
  - ownerDomain
  - resourceDetails
  - "p_any*"
  - "p_log*"
  - "p_parse*"
  - "p_row*"
  - "p_schema*"
  - "p_source*"
  - "p_enrich*"
  - "p_udm*"
into: [sign_in, credential, meeting, process, activity]
*/
-- Parameters are a list of names and values in the API, an object in warehouses; several events of one item become rows of their own.
-- first: event
SELECT
  item, CASE WHEN e.n > 1 THEN CAST(e.n AS VARCHAR) END AS part, instant(id_time) AS occurred_at, lower(actor_email) AS who, ipAddress AS ip, networkInfo AS network, lower(coalesce(id_applicationName, 'workspace')) AS application,
  json_text(e.piece, '$.name') AS what, inner_json(json_text(e.piece, '$.parameters')) AS told_of
FROM (SELECT *, explode(pieces(events)) AS e FROM raw) AS listed
UNION ALL
SELECT item, CAST(NULL AS VARCHAR), instant(id_time), lower(actor_email), ipAddress, networkInfo, lower(coalesce(id_applicationName, 'workspace')), name, parameters FROM raw WHERE events IS NULL AND name IS NOT NULL

-- first: told
SELECT
  *,
  CASE
    WHEN what IN ('login_success', 'login_failure', 'login_challenge', 'login_verification') THEN 'sign-in'
    WHEN what IN ('2sv_enroll', 'titanium_enroll', 'passkey_enrolled') THEN 'added'
    WHEN what IN ('2sv_disable', 'titanium_unenroll', 'passkey_removed') THEN 'removed'
    WHEN what IN ('recovery_email_edit', 'recovery_phone_edit') THEN 'reset'
    WHEN what = 'call_ended' AND application = 'meet' THEN 'meeting'
    ELSE 'action'
  END AS sort
FROM event

-- into: sign_in
SELECT
  item, part, occurred_at, who AS actor_email, ip, whole(json_text(network, '$.ipAsn[0]')) AS asn,
  part_of(json_text(network, '$.subdivisionCode'), '^[A-Z]{2}-([A-Z0-9]+)$') AS region, said(json_text(network, '$.regionCode')) AS country, 'Google' AS application, coalesce(said(json_where(told_of, '$.name', 'login_type', '$.value')), said(json_text(told_of, '$.login_type'))) AS factor,
  CASE what WHEN 'login_success' THEN 'success' WHEN 'login_failure' THEN 'failure' ELSE 'challenge' END AS outcome
FROM told
WHERE sort = 'sign-in'

-- into: credential
SELECT item, part, occurred_at, who AS actor_email, sort AS action, what AS factor, ip
FROM told
WHERE sort IN ('added', 'removed', 'reset')

-- into: meeting
SELECT
  item, part, occurred_at, who AS actor_email, coalesce(coalesce(said(json_where(told_of, '$.name', 'conference_id', '$.value')), said(json_text(told_of, '$.conference_id'))), coalesce(said(json_where(told_of, '$.name', 'meeting_code', '$.value')), said(json_text(told_of, '$.meeting_code')))) AS meeting_id, coalesce(coalesce(said(json_where(told_of, '$.name', 'ip_address', '$.value')), said(json_text(told_of, '$.ip_address'))), ip) AS ip, coalesce(said(json_where(told_of, '$.name', 'device_type', '$.value')), said(json_text(told_of, '$.device_type'))) AS client,
  whole(coalesce(coalesce(said(json_where(told_of, '$.name', 'duration_seconds', '$.intValue')), said(json_text(told_of, '$.duration_seconds'))), coalesce(said(json_where(told_of, '$.name', 'duration_seconds', '$.value')), said(json_text(told_of, '$.duration_seconds'))))) AS duration_seconds
FROM told
WHERE sort = 'meeting'

-- into: process
-- Chrome Remote Desktop on managed computers shows as CHROME_OS_CRD_…, with the computer's name; it is part of the browser.
SELECT * FROM (
  SELECT item, part, occurred_at, coalesce(said(json_where(told_of, '$.name', 'DEVICE_NAME', '$.value')), said(json_text(told_of, '$.DEVICE_NAME'))) AS device_id, 'chrome-remote-desktop-host' AS image, what AS command_line
  FROM told
  WHERE what IN ('CHROME_OS_CRD_HOST_STARTED', 'CHROME_OS_CRD_CLIENT_CONNECTED')) AS remote
WHERE device_id IS NOT NULL

-- into: activity
SELECT
  item, part, occurred_at, who AS actor_email, ip, 'google ' || application AS service, what AS action,
  coalesce(coalesce(said(json_where(told_of, '$.name', 'doc_title', '$.value')), said(json_text(told_of, '$.doc_title'))), coalesce(said(json_where(told_of, '$.name', 'target_user', '$.value')), said(json_text(told_of, '$.target_user'))), coalesce(said(json_where(told_of, '$.name', 'USER_EMAIL', '$.value')), said(json_text(told_of, '$.USER_EMAIL'))), coalesce(said(json_where(told_of, '$.name', 'DEVICE_NAME', '$.value')), said(json_text(told_of, '$.DEVICE_NAME'))), coalesce(said(json_where(told_of, '$.name', 'app_name', '$.value')), said(json_text(told_of, '$.app_name')))) AS target, 1 AS count
FROM told
WHERE sort = 'action'
