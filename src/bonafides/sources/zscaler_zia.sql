/*
id: zscaler_zia
title: "Zscaler Internet Access: web log (NSS) and admin audit log"
vendor_page: https://help.zscaler.com/zia/nss-feed-output-format-web-logs
format: jsonl
columns:
  "event.datetime | event.time": VARCHAR
  "event.user | event.login": VARCHAR
  event.adminid: VARCHAR
  "event.devicehostname | event.deviceowner": VARCHAR
  "event.clientpublicIP | event.clientip": VARCHAR
  "event.useragent | event.ua": VARCHAR
  event.action: VARCHAR
  event.category: VARCHAR
  "event.hostname | event.host": VARCHAR
  event.url: VARCHAR
  event.serverip: VARCHAR
  event.requestsize: BIGINT
  event.responsesize: BIGINT
  event.resource: VARCHAR
  event.recordid: VARCHAR
item_id:
set_aside:
  neither a user nor an administrator: >-
    event_user IS NULL AND event_adminid IS NULL
adds:
ignores:
  - event.appclass
  - event.appname
  - event.auditlogtype
  - event.bwthrottle
  - event.clienttranstime
  - event.contenttype
  - event.department
  - "event.df_*"
  - "event.dlp*"
  - event.errorcode
  - event.event_id
  - event.filetype
  - event.fileclass
  - event.interface
  - event.keyprotectiontype
  - event.location
  - "event.malware*"
  - "event.module*"
  - event.pagerisk
  - event.postaction
  - event.preaction
  - event.product
  - event.protocol
  - event.reason
  - event.refererURL
  - event.referer
  - event.requestmethod
  - event.result
  - event.servertranstime
  - event.status
  - event.subcategory
  - "event.threat*"
  - event.transactionsize
  - event.unscannabletype
  - "event.urlc*"
  - "event.urls*"
  - event.vendor
  - sourcetype
  - version
  - "p_*"
into: [connection, activity]
*/
-- Values are percent-encoded; times are in words and without a zone, UTC unless the feed was set otherwise.
-- first: told
SELECT *, coalesce(instant_c(event_datetime), instant(event_datetime)) AS occurred_at, lower(decoded(coalesce(event_adminid, event_user))) AS who FROM raw

-- into: connection
SELECT item, occurred_at, decoded(event_devicehostname) AS device_id, lower(coalesce(event_hostname, part_of(event_url, '^([^/:]+)'))) AS dst_host, event_serverip AS dst_ip, event_requestsize AS out_bytes, event_responsesize AS in_bytes, event_clientpublicIP AS ip
FROM told
WHERE event_adminid IS NULL AND event_devicehostname IS NOT NULL

-- into: activity
SELECT item, occurred_at, who AS actor_email, event_clientpublicIP AS ip, decoded(event_useragent) AS user_agent, 'zscaler' AS service, lower(concat_ws(' ', event_category, event_action)) AS action,
       coalesce(event_resource, event_hostname, event_url) AS target, 1 AS count
FROM told
WHERE event_adminid IS NOT NULL OR event_devicehostname IS NULL
