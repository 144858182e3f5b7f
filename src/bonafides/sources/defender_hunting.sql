/*
id: defender_hunting
title: Microsoft Defender XDR advanced hunting
vendor_page: https://learn.microsoft.com/en-us/defender-xdr/advanced-hunting-schema-tables
format: jsonl
columns:
  category: VARCHAR
  "ReportId | properties.ReportId": VARCHAR
  "Timestamp | properties.Timestamp": VARCHAR
  "ActionType | properties.ActionType": VARCHAR
  "DeviceId | properties.DeviceId": VARCHAR
  "DeviceName | properties.DeviceName": VARCHAR
  "AccountUpn | properties.AccountUpn": VARCHAR
  "FileName | properties.FileName": VARCHAR
  "FolderPath | properties.FolderPath": VARCHAR
  "ProcessCommandLine | properties.ProcessCommandLine": VARCHAR
  "RemoteUrl | properties.RemoteUrl": VARCHAR
  "RemoteIP | properties.RemoteIP": VARCHAR
  "RemotePort | properties.RemotePort": VARCHAR
  "IPAddress | properties.IPAddress": VARCHAR
  "AdditionalFields | properties.AdditionalFields": JSON
  "Application | properties.Application": VARCHAR
  "LogonType | properties.LogonType": VARCHAR
  "CountryCode | properties.CountryCode": VARCHAR
  "City | properties.City": VARCHAR
  "SerialNumber | properties.SerialNumber": VARCHAR
  "PublicIP | properties.PublicIP": VARCHAR
  "AadDeviceId | properties.AadDeviceId": VARCHAR
  "OSPlatform | properties.OSPlatform": VARCHAR
item_id:
set_aside:
  neither an action nor the state of a device: >-
    ActionType IS NULL AND PublicIP IS NULL AND OSPlatform IS NULL
  neither a device nor an account: >-
    DeviceId IS NULL AND AccountUpn IS NULL
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
  - properties.AccountDisplayName
  - properties.AccountDomain
  - properties.AccountName
  - properties.AccountObjectId
  - properties.AccountSid
  - properties.ActivityObjects
  - properties.ActivityType
  - properties.AppGuardContainerId
  - properties.AppInstanceId
  - properties.ApplicationId
  - properties.AssetValue
  - properties.AwsResourceName
  - properties.AzureResourceId
  - properties.AzureVmId
  - properties.AzureVmSubscriptionId
  - properties.ClientVersion
  - properties.CloudPlatforms
  - properties.ConnectivityType
  - properties.CreatedProcessSessionId
  - properties.DestinationDeviceName
  - properties.DeviceCategory
  - properties.DeviceDynamicTags
  - properties.DeviceManualTags
  - properties.DeviceObjectId
  - properties.DeviceSubtype
  - properties.DeviceType
  - properties.ExclusionReason
  - properties.ExposureLevel
  - properties.FileOriginIP
  - properties.FileOriginUrl
  - properties.FileSize
  - properties.GcpFullResourceName
  - properties.HardwareUuid
  - properties.HostDeviceId
  - "properties.Initiating*"
  - properties.IsAdminOperation
  - properties.IsAnonymousProxy
  - properties.IsAzureADJoined
  - properties.IsExcluded
  - properties.IsExternalUser
  - properties.IsImpersonated
  - properties.IsInternetFacing
  - properties.IsLocalAdmin
  - properties.ISP
  - properties.IsProcessRemoteSession
  - properties.IsTransient
  - properties.JoinType
  - properties.LocalIP
  - properties.LocalIPType
  - properties.LocalPort
  - properties.LoggedOnUsers
  - properties.LogonId
  - properties.MachineGroup
  - properties.MD5
  - properties.MergedDeviceIds
  - properties.MergedToDeviceId
  - properties.MitigationStatus
  - properties.Model
  - properties.OAuthAppId
  - properties.ObjectId
  - properties.ObjectName
  - properties.ObjectType
  - properties.OnboardingStatus
  - properties.OSArchitecture
  - properties.OSBuild
  - properties.OsBuildRevision
  - properties.OSDistribution
  - properties.OSVersion
  - properties.OSVersionInfo
  - properties.ProcessCreationTime
  - properties.ProcessId
  - properties.ProcessIntegrityLevel
  - "properties.ProcessRemoteSession*"
  - properties.ProcessTokenElevation
  - properties.ProcessUniqueId
  - "properties.ProcessVersionInfo*"
  - properties.Protocol
  - properties.RawEventData
  - "properties.Registry*"
  - properties.RegistryDeviceTag
  - "properties.RemoteAccount*"
  - properties.RemoteDeviceName
  - properties.RemoteIPType
  - properties.SensorHealthState
  - properties.SHA1
  - properties.SHA256
  - properties.UserAgent
  - properties.UserAgentTags
  - properties.UserLevelPolicy
  - properties.Vendor
into: [process, peripheral, connection, device, sign_in, activity]
*/
-- Rows come flat from the hunting interface, or under properties from the streaming one. The name of a computer in a
-- domain ends with the domain's, which no inventory and no other log writes.
-- first: flat
SELECT
  item,
  company,
  instant(Timestamp) AS occurred_at,
  ActionType AS what,
  DeviceName AS name,
  DeviceId AS id,
  lower(AccountUpn) AS who,
  FileName AS file_name,
  FolderPath AS folder,
  ProcessCommandLine AS command_line,
  RemoteUrl AS url,
  RemoteIP AS remote_ip,
  whole(RemotePort) AS port,
  IPAddress AS account_ip,
  Application AS application,
  CountryCode AS country,
  City AS city,
  AdditionalFields AS more,
  PublicIP AS public_ip,
  AadDeviceId AS directory_id,
  OSPlatform AS os
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
