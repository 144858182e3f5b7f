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
  PublicIP: VARCHAR
  AadDeviceId: VARCHAR
  OSPlatform: VARCHAR
item_id:
set_aside:
  neither an action nor the state of a device: >-
    coalesce(ActionType, said(json_text(properties, '$.ActionType'))) IS NULL AND coalesce(PublicIP, said(json_text(properties, '$.PublicIP'))) IS NULL AND coalesce(OSPlatform, said(json_text(properties, '$.OSPlatform'))) IS NULL
  neither a device nor an account: >-
    coalesce(DeviceId, said(json_text(properties, '$.DeviceId'))) IS NULL AND coalesce(AccountUpn, said(json_text(properties, '$.AccountUpn'))) IS NULL
adds:
ignores:
  - $table
  - _TimeReceivedBySvc
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
  - AssetValue
  - AwsResourceName
  - AzureResourceId
  - AzureVmId
  - AzureVmSubscriptionId
  - ClientVersion
  - CloudPlatforms
  - ConnectivityType
  - CreatedProcessSessionId
  - DestinationDeviceName
  - DeviceCategory
  - DeviceDynamicTags
  - DeviceManualTags
  - DeviceObjectId
  - DeviceSubtype
  - DeviceType
  - ExclusionReason
  - ExposureLevel
  - FileOriginIP
  - FileOriginUrl
  - FileSize
  - GcpFullResourceName
  - HardwareUuid
  - HostDeviceId
  - "Initiating*"
  - IsAdminOperation
  - IsAnonymousProxy
  - IsAzureADJoined
  - IsExcluded
  - IsExternalUser
  - IsImpersonated
  - IsInternetFacing
  - IsLocalAdmin
  - ISP
  - IsProcessRemoteSession
  - IsTransient
  - JoinType
  - LocalIP
  - LocalIPType
  - LocalPort
  - LoggedOnUsers
  - LogonId
  - MachineGroup
  - MD5
  - MergedDeviceIds
  - MergedToDeviceId
  - MitigationStatus
  - Model
  - OAuthAppId
  - ObjectId
  - ObjectName
  - ObjectType
  - OnboardingStatus
  - operationName
  - OSArchitecture
  - OSBuild
  - OsBuildRevision
  - OSDistribution
  - OSVersion
  - OSVersionInfo
  - "p_*"
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
  - RegistryDeviceTag
  - "RemoteAccount*"
  - RemoteDeviceName
  - RemoteIPType
  - SensorHealthState
  - SHA1
  - SHA256
  - Tenant
  - tenantId
  - TenantId
  - time
  - UserAgent
  - UserAgentTags
  - UserLevelPolicy
  - Vendor
into: [process, peripheral, connection, device, sign_in, activity]
*/
-- Rows come flat from the hunting interface, or under properties from the streaming one. The name of a computer in a
-- domain ends with the domain's, which no inventory and no other log writes.
-- first: flat
SELECT
  item,
  company,
  instant(coalesce(Timestamp, said(json_text(properties, '$.Timestamp')))) AS occurred_at,
  coalesce(ActionType, said(json_text(properties, '$.ActionType'))) AS what,
  coalesce(DeviceName, said(json_text(properties, '$.DeviceName'))) AS name,
  coalesce(DeviceId, said(json_text(properties, '$.DeviceId'))) AS id,
  lower(coalesce(AccountUpn, said(json_text(properties, '$.AccountUpn')))) AS who,
  coalesce(FileName, said(json_text(properties, '$.FileName'))) AS file_name,
  coalesce(FolderPath, said(json_text(properties, '$.FolderPath'))) AS folder,
  coalesce(ProcessCommandLine, said(json_text(properties, '$.ProcessCommandLine'))) AS command_line,
  coalesce(RemoteUrl, said(json_text(properties, '$.RemoteUrl'))) AS url,
  coalesce(RemoteIP, said(json_text(properties, '$.RemoteIP'))) AS remote_ip,
  whole(coalesce(RemotePort, said(json_text(properties, '$.RemotePort')))) AS port,
  coalesce(IPAddress, said(json_text(properties, '$.IPAddress'))) AS account_ip,
  coalesce(Application, said(json_text(properties, '$.Application'))) AS application,
  coalesce(CountryCode, said(json_text(properties, '$.CountryCode'))) AS country,
  coalesce(City, said(json_text(properties, '$.City'))) AS city,
  coalesce(AdditionalFields, inner_json(json_text(properties, '$.AdditionalFields'))) AS more,
  coalesce(PublicIP, said(json_text(properties, '$.PublicIP'))) AS public_ip,
  coalesce(AadDeviceId, said(json_text(properties, '$.AadDeviceId'))) AS directory_id,
  coalesce(OSPlatform, said(json_text(properties, '$.OSPlatform'))) AS os
FROM raw

-- first: told
SELECT
  *,
  coalesce(part_of(name, '^([^.]*[A-Za-z][^.]*)[.]'), name, id) AS device,
  CASE
    WHEN what IS NULL THEN 'state'
    WHEN what = 'ProcessCreated' THEN 'process'
    WHEN what IN ('PnpDeviceConnected', 'UsbDriveMounted') THEN 'peripheral'
    WHEN what LIKE 'Connection%' THEN 'connection'
    WHEN what IN ('LogonSuccess', 'LogonFailed') AND who IS NOT NULL THEN 'sign-in'
    WHEN who IS NOT NULL THEN 'action'
  END AS sort
FROM flat

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
SELECT item, occurred_at, device AS device_id, lower(coalesce(part_of(url, '^[a-z]+://([^/:]+)'), part_of(url, '^([^/:]+)'))) AS dst_host, remote_ip AS dst_ip, port AS dst_port, CAST(NULL AS VARCHAR) AS ip FROM told WHERE sort = 'connection'
UNION ALL
-- What the state of a device says: the line from which its sensor reaches the service.
SELECT item, occurred_at, device, NULL, NULL, NULL, public_ip FROM told WHERE sort = 'state'

-- into: device
WITH introduced AS (
  SELECT *, row_number() OVER (PARTITION BY company, device, directory_id, os ORDER BY occurred_at, item) AS place FROM told WHERE sort = 'state')

SELECT item, device AS device_id, directory_id, device AS hostname, os FROM introduced WHERE place = 1

-- into: sign_in
SELECT item, occurred_at, who AS actor_email, device AS device_id, coalesce(account_ip, remote_ip) AS ip, city, country, application, CASE WHEN what = 'LogonSuccess' THEN 'success' ELSE 'failure' END AS outcome
FROM told
WHERE sort = 'sign-in'

-- into: activity
SELECT item, occurred_at, who AS actor_email, account_ip AS ip, lower(coalesce(application, 'defender')) AS service, what AS action, coalesce(file_name, url) AS target, 1 AS count FROM told WHERE sort = 'action'
