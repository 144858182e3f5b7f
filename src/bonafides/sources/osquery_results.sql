/*
id: osquery_results
title: osquery results
vendor_page: https://osquery.readthedocs.io/en/stable/deployment/logging/
format: jsonl
columns:
  name: VARCHAR
  action: VARCHAR
  unixTime: VARCHAR
  calendarTime: VARCHAR
  "hostIdentifier | decorations.hostname | decorations.host_uuid": VARCHAR
  columns: JSON
item_id:
set_aside:
  no host: >-
    hostIdentifier IS NULL
  a row that was removed: >-
    action = 'removed'
  a query that no record table holds: >-
    NOT (coalesce(json_text(columns, '$.usb_port'), json_text(columns, '$.model_id'), json_text(columns, '$.hardware_serial')) IS NOT NULL OR (json_text(columns, '$.path') IS NOT NULL AND coalesce(json_text(columns, '$.pid'), json_text(columns, '$.cmdline')) IS NOT NULL) OR (json_text(columns, '$.serial_number') IS NOT NULL AND json_text(columns, '$.product_id') IS NOT NULL))
adds:
ignores:
  - counter
  - epoch
  - log_type
  - numerics
  - snapshot
  - decorations.environment
  - decorations.platform
  - decorations.username
  - "p_*"
into: [peripheral, process, device]
*/
-- What a row is, its columns tell: the names of queries are everybody's own.
-- first: told
SELECT
  *, coalesce(instant(unixTime), instant_c(replace(calendarTime, ' UTC', ''))) AS occurred_at,
  CASE
    WHEN json_text(columns, '$.usb_port') IS NOT NULL OR json_text(columns, '$.model_id') IS NOT NULL THEN 'usb'
    WHEN json_text(columns, '$.hardware_serial') IS NOT NULL THEN 'device'
    WHEN json_text(columns, '$.path') IS NOT NULL AND coalesce(json_text(columns, '$.pid'), json_text(columns, '$.cmdline')) IS NOT NULL THEN 'process'
    ELSE 'display'
  END AS what
FROM raw

-- into: peripheral
SELECT
  item, occurred_at, hostIdentifier AS device_id, what AS bus, hex_word(said(json_text(columns, '$.vendor_id'))) AS vendor_id,
  hex_word(said(coalesce(json_text(columns, '$.model_id'), json_text(columns, '$.product_id')))) AS product_id, said(json_text(columns, '$.vendor')) AS vendor,
  coalesce(said(json_text(columns, '$.model')), said(json_text(columns, '$.name'))) AS product, coalesce(said(json_text(columns, '$.serial')), said(json_text(columns, '$.serial_number'))) AS serial
FROM told
WHERE what IN ('usb', 'display')

-- into: process
SELECT item, occurred_at, hostIdentifier AS device_id, json_text(columns, '$.path') AS image, said(json_text(columns, '$.cmdline')) AS command_line
FROM told
WHERE what = 'process'

-- into: device
SELECT item, hostIdentifier AS device_id, said(json_text(columns, '$.hardware_serial')) AS serial, said(json_text(columns, '$.hostname')) AS hostname, said(json_text(columns, '$.hardware_model')) AS model
FROM told
WHERE what = 'device'
