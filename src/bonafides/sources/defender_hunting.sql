/*
id: defender_hunting
title: Microsoft Defender XDR advanced hunting
vendor_page: https://learn.microsoft.com/en-us/defender-xdr/advanced-hunting-schema-tables
format: jsonl
columns:
  category: VARCHAR
  ReportId: VARCHAR
  properties: JSON
  Timestamp: VARCHAR
  ActionType: VARCHAR
  DeviceId: VARCHAR
  DeviceName: VARCHAR
  AccountUpn: VARCHAR
  FileName: VARCHAR
  FolderPath: VARCHAR
  ProcessCommandLine: VARCHAR
  RemoteUrl: VARCHAR
  RemoteIP: VARCHAR
  RemotePort: VARCHAR
  IPAddress: VARCHAR
  AdditionalFields: JSON
  Application: VARCHAR
  LogonType: VARCHAR
  CountryCode: VARCHAR
  City: VARCHAR
  SerialNumber: VARCHAR
item_id:
set_aside:
  no action: >-
    coalesce(ActionType, said(json_text(properties, '$.ActionType'))) IS NULL
  neither a device nor an account: >-
    coalesce(DeviceId, said(json_text(properties, '$.DeviceId'))) IS NULL AND coalesce(AccountUpn, said(json_text(properties, '$.AccountUpn'))) IS NULL
adds:
ignores:
  - $table
  - AccountDisplayName
  - AccountDomain
  - AccountName
  - AccountObjectId
  - AccountSid
  - ActivityObjects
  - ActivityType
  - AppGuardContainerId
  - AppInstanceId
  - ApplicationId
  - CreatedProcessSessionId
  - DestinationDeviceName
  - DeviceType
  - FileOriginIP
  - FileOriginUrl
  - FileSize
  - ISP
  - "Initiating*"
  - IsAdminOperation
  - IsAnonymousProxy
  - IsExternalUser
  - IsImpersonated
  - IsProcessRemoteSession
  - IsLocalAdmin
  - LocalIP
  - LocalIPType
  - LocalPort
  - LogonId
  - MD5
  - MachineGroup
  - OAuthAppId
  - OSPlatform
  - ObjectId
  - ObjectName
  - ObjectType
  - ProcessCreationTime
  - ProcessId
  - ProcessIntegrityLevel
  - "ProcessRemoteSession*"
  - ProcessTokenElevation
  - ProcessUniqueId
  - "ProcessVersionInfo*"
  - Protocol
  - RawEventData
  - "Registry*"
  - "RemoteAccount*"
  - RemoteDeviceName
  - RemoteIPType
  - SHA1
  - SHA256
  - Tenant
  - TenantId
  - UserAgentTags
  - UserLevelPolicy
  - _TimeReceivedBySvc
  - operationName
  - tenantId
  - time
  - UserAgent
  - "p_*"
into: [process, peripheral, connection, sign_in, activity]
*/
-- Rows come flat from the hunting interface, or under properties from the streaming one.
-- first: told
SELECT
  item, instant(coalesce(Timestamp, said(json_text(properties, '$.Timestamp')))) AS occurred_at, coalesce(ActionType, said(json_text(properties, '$.ActionType'))) AS what, coalesce(coalesce(DeviceName, said(json_text(properties, '$.DeviceName'))), coalesce(DeviceId, said(json_text(properties, '$.DeviceId')))) AS device, lower(coalesce(AccountUpn, said(json_text(properties, '$.AccountUpn')))) AS who,
  coalesce(FileName, said(json_text(properties, '$.FileName'))) AS file_name, coalesce(FolderPath, said(json_text(properties, '$.FolderPath'))) AS folder, coalesce(ProcessCommandLine, said(json_text(properties, '$.ProcessCommandLine'))) AS command_line, coalesce(RemoteUrl, said(json_text(properties, '$.RemoteUrl'))) AS url, coalesce(RemoteIP, said(json_text(properties, '$.RemoteIP'))) AS remote_ip, whole(coalesce(RemotePort, said(json_text(properties, '$.RemotePort')))) AS port,
  coalesce(IPAddress, said(json_text(properties, '$.IPAddress'))) AS account_ip, coalesce(Application, said(json_text(properties, '$.Application'))) AS application, coalesce(CountryCode, said(json_text(properties, '$.CountryCode'))) AS country, coalesce(City, said(json_text(properties, '$.City'))) AS city, coalesce(AdditionalFields, inner_json(json_text(properties, '$.AdditionalFields'))) AS more,
  CASE
    WHEN coalesce(ActionType, said(json_text(properties, '$.ActionType'))) = 'ProcessCreated' THEN 'process'
    WHEN coalesce(ActionType, said(json_text(properties, '$.ActionType'))) IN ('PnpDeviceConnected', 'UsbDriveMounted') THEN 'peripheral'
    WHEN coalesce(ActionType, said(json_text(properties, '$.ActionType'))) LIKE 'Connection%' THEN 'connection'
    WHEN coalesce(ActionType, said(json_text(properties, '$.ActionType'))) IN ('LogonSuccess', 'LogonFailed') AND coalesce(AccountUpn, said(json_text(properties, '$.AccountUpn'))) IS NOT NULL THEN 'sign-in'
    WHEN coalesce(AccountUpn, said(json_text(properties, '$.AccountUpn'))) IS NOT NULL THEN 'action'
  END AS sort
FROM raw

-- into: process
SELECT item, occurred_at, device AS device_id, coalesce(folder, file_name) AS image, command_line FROM told WHERE sort = 'process'

-- into: peripheral
SELECT
  item, occurred_at, device AS device_id, 'usb' AS bus, part_of(upper(json_text(more, '$.DeviceId')), 'VID_([0-9A-F]{4})') AS vendor_id, part_of(upper(json_text(more, '$.DeviceId')), 'PID_([0-9A-F]{4})') AS product_id,
  said(coalesce(json_text(more, '$.Manufacturer'), json_text(more, '$.VendorIds'))) AS vendor, said(coalesce(json_text(more, '$.DeviceDescription'), json_text(more, '$.ProductName'))) AS product,
  coalesce(said(json_text(more, '$.SerialNumber')), part_of(json_text(more, '$.DeviceId'), 'PID_[0-9A-Fa-f]{4}[^/]*?.([A-Za-z0-9]+)$')) AS serial
FROM told
WHERE sort = 'peripheral'

-- into: connection
SELECT item, occurred_at, device AS device_id, lower(coalesce(part_of(url, '^[a-z]+://([^/:]+)'), part_of(url, '^([^/:]+)'))) AS dst_host, remote_ip AS dst_ip, port AS dst_port FROM told WHERE sort = 'connection'

-- into: sign_in
SELECT item, occurred_at, who AS actor_email, device AS device_id, coalesce(account_ip, remote_ip) AS ip, city, country, application, CASE WHEN what = 'LogonSuccess' THEN 'success' ELSE 'failure' END AS outcome
FROM told
WHERE sort = 'sign-in'

-- into: activity
SELECT item, occurred_at, who AS actor_email, account_ip AS ip, lower(coalesce(application, 'defender')) AS service, what AS action, coalesce(file_name, url) AS target, 1 AS count FROM told WHERE sort = 'action'
