/*
id: sentinelone_cloud_funnel
title: SentinelOne Cloud Funnel 2.0
vendor_page: https://www.sentinelone.com/platform/singularity-data-lake/
format: jsonl
columns:
  "\"event.id\"": VARCHAR
  "\"event.time\" | timestamp": VARCHAR
  "\"event.type\"": VARCHAR
  "\"endpoint.name\" | \"agent.uuid\"": VARCHAR
  "\"tgt.process.image.path\"": VARCHAR
  "\"tgt.process.cmdline\"": VARCHAR
  "\"tgt.process.publisher\"": VARCHAR
  "\"dst.ip.address\"": VARCHAR
  "\"dst.port.number\"": BIGINT
  "\"event.dns.request\"": VARCHAR
  "\"url.address\"": VARCHAR
  "\"event.login.userName\"": VARCHAR
  "\"event.login.loginIsSuccessful\"": BOOLEAN
  "\"src.endpoint.ip.address\"": VARCHAR
item_id: [event_id]
set_aside:
  no event type: >-
    event_type IS NULL
  no endpoint: >-
    endpoint_name IS NULL
adds:
ignores:
  - account.id
  - account.name
  - agent.version
  - "dataSource.*"
  - dst.ip
  - endpoint.os
  - endpoint.type
  - event.category
  - event.dns.response
  - event.login.accountDomain
  - event.login.accountSid
  - event.login.baseType
  - event.login.isAdministratorEquivalent
  - event.login.sessionId
  - "event.login.tgt*"
  - event.login.type
  - "event.network.*"
  - event.repetitionCount
  - "event.source*"
  - group.id
  - "i.*"
  - "indicator.*"
  - "log_*"
  - "meta.*"
  - "mgmt.*"
  - "module.*"
  - os.name
  - "osSrc.*"
  - packet.id
  - process.unique.key
  - "registry.*"
  - "sca:*"
  - session
  - "site.*"
  - src.ip.address
  - src.port.number
  - "src.process.*"
  - "task.*"
  - "tgt.file.*"
  - tgt.process.displayName
  - tgt.process.image.sha1
  - tgt.process.image.sha256
  - tgt.process.image.md5
  - tgt.process.integrityLevel
  - tgt.process.name
  - tgt.process.pid
  - tgt.process.signedStatus
  - tgt.process.startTime
  - tgt.process.storyline.id
  - tgt.process.uid
  - tgt.process.user
  - tgt.process.verifiedStatus
  - "tiIndicator.*"
  - trace.id
  - url.source
  - "winEventLog.*"
  - "k8sCluster.*"
  - "driver.*"
  - "namedPipe.*"
  - "cmdScript.*"
  - "p_*"
into: [process, connection, sign_in]
*/
-- first: told
SELECT *, instant(event_time) AS occurred_at, lower(event_type) AS what FROM raw

-- into: process
SELECT item, occurred_at, endpoint_name AS device_id, tgt_process_image_path AS image, tgt_process_cmdline AS command_line, tgt_process_publisher AS signer
FROM told
WHERE what = 'process creation'

-- into: connection
SELECT item, occurred_at, endpoint_name AS device_id, lower(coalesce(event_dns_request, part_of(url_address, '^[a-z]+://([^/:]+)'))) AS dst_host, dst_ip_address AS dst_ip, dst_port_number AS dst_port
FROM told
WHERE what LIKE 'ip connect%' OR what LIKE 'dns%' OR what IN ('get', 'post', 'url action')

-- into: sign_in
SELECT item, occurred_at, lower(event_login_userName) AS actor_email, endpoint_name AS device_id, src_endpoint_ip_address AS ip, 'computer' AS application,
       CASE WHEN event_login_loginIsSuccessful THEN 'success' WHEN NOT event_login_loginIsSuccessful THEN 'failure' END AS outcome
FROM told
WHERE what = 'login'
