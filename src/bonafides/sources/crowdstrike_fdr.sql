/*
id: crowdstrike_fdr
title: CrowdStrike Falcon Data Replicator
vendor_page: https://www.crowdstrike.com/en-us/resources/data-sheets/falcon-data-replicator/
format: jsonl
columns:
  event_simpleName | fdr_event_type | event.event_simpleName: VARCHAR
  id | event.id: VARCHAR
  timestamp | event.timestamp: VARCHAR
  ContextTimeStamp | event.ContextTimeStamp: VARCHAR
  aid | event.aid: VARCHAR
  aip | event.aip: VARCHAR
  ImageFileName | event.ImageFileName: VARCHAR
  CommandLine | event.CommandLine: VARCHAR
  FileSigningCertSubject | event.FileSigningCertSubject: VARCHAR
  DomainName | event.DomainName: VARCHAR
  RemoteAddressIP4 | event.RemoteAddressIP4: VARCHAR
  RemoteAddressIP6 | event.RemoteAddressIP6: VARCHAR
  RemotePort | event.RemotePort: VARCHAR
  DeviceInstanceId | event.DeviceInstanceId: VARCHAR
  DiskParentDeviceInstanceId | event.DiskParentDeviceInstanceId: VARCHAR
  DeviceVendorId | event.DeviceVendorId: VARCHAR
  DeviceProductId | event.DeviceProductId: VARCHAR
  DeviceManufacturer | event.DeviceManufacturer: VARCHAR
  DeviceProduct | event.DeviceProduct: VARCHAR
  DeviceSerialNumber | event.DeviceSerialNumber: VARCHAR
  DeviceUsbClass | event.DeviceUsbClass: VARCHAR
  DeviceDescriptorSetHash | event.DeviceDescriptorSetHash: VARCHAR
  VolumeName | event.VolumeName: VARCHAR
  ComputerName | event.ComputerName: VARCHAR
  SystemSerialNumber | event.SystemSerialNumber: VARCHAR
  SystemProductName | event.SystemProductName: VARCHAR
  AgentVersion | event.AgentVersion: VARCHAR
  event_platform | event.event_platform: VARCHAR
item_id: [id]
set_aside:
  no event type: event_simpleName IS NULL AND ComputerName IS NULL
  event type that no record table takes: >-
    event_simpleName NOT IN (
      'ProcessRollup2', 'SyntheticProcessRollup2', 'DnsRequest', 'NetworkConnectIP4', 'NetworkConnectIP6',
      'DcUsbDeviceConnected', 'DcUsbInterfaceDescriptor', 'RemovableMediaVolumeMounted', 'HostInfo', 'AgentOnline', 'SensorHeartbeat')
adds: >-
  event_simpleName = 'DcUsbInterfaceDescriptor' AND hex_byte(DeviceUsbClass) IS NOT NULL
    AND aid IS NOT NULL AND DeviceDescriptorSetHash IS NOT NULL
ignores:
  - AuthenticationId
  - AuthenticodeHashData
  - AgentLoadFlags
  - AgentTimeOffset
  - BiosManufacturer
  - BiosVersion
  - BootId
  - ChassisType
  - City
  - CodeSigningFlags
  - ConfigBuild
  - ConfigIDBuild
  - ConfigIDBase
  - ConfigIDPlatform
  - ConfigStateHash
  - ConnectionCipher
  - ConnectionCipherStrength
  - ConnectionDirection
  - ConnectionFlags
  - ConnectTime
  - ConnectType
  - ContextProcessId
  - ContextThreadId
  - Continent
  - Country
  - DcPolicyAction
  - DcPolicyFlags
  - DevicePropertyClassGuid
  - DevicePropertyClassName
  - DevicePropertyDeviceDescription
  - DevicePropertyFriendlyName
  - DevicePropertyLocationInformation
  - DevicePropertyManufacturer
  - DeviceProtocol
  - DeviceTimeStamp
  - DeviceUsbSubclass
  - DeviceUsbVersion
  - DnsRequestCount
  - DnsResponseType
  - DualRequest
  - EffectiveTransmissionClass
  - Entitlements
  - EventOrigin
  - FirstDiscoveredDate
  - FirstSeen
  - GID
  - HostHiddenStatus
  - IP4Records
  - IP6Records
  - ImageSubsystem
  - InContext
  - IntegrityLevel
  - InterfaceIndex
  - InterfaceNumber
  - IsTransactedFile
  - LocalAddressIP4
  - LocalAddressIP6
  - LocalPort
  - MACAddress
  - MD5HashData
  - MLModelVersion
  - MachOSubType
  - MachineDomain
  - OU
  - ParentAuthenticationId
  - ParentBaseFileName
  - ParentProcessId
  - PointerSize
  - ProcessCreateFlags
  - ProcessEndTime
  - ProcessGroupId
  - ProcessParameterFlags
  - ProcessStartTime
  - ProcessSxsFlags
  - ProductType
  - Protocol
  - ProvisionState
  - QueryStatus
  - RGID
  - RUID
  - RawProcessId
  - RequestType
  - SHA1HashData
  - SHA256HashData
  - SVGID
  - SVUID
  - SensorGroupingTags
  - ServicePackMajor
  - SessionId
  - SessionProcessId
  - SignInfoFlags
  - SigningId
  - SiteName
  - SourceFileName
  - SourceProcessId
  - SourceThreadId
  - SystemManufacturer
  - Tags
  - TargetProcessId
  - TeamId
  - Time
  - Timezone
  - TokenType
  - TreeId
  - UID
  - UserName
  - UserSid
  - Version
  - VolumeDriveLetter
  - VolumeFileSystemDevice
  - VolumeFileSystemDriver
  - VolumeFileSystemType
  - WindowFlags
  - cid
  - event_version
  - name
  - platform
  - event.AuthenticationId
  - event.AuthenticodeHashData
  - event.AgentLoadFlags
  - event.AgentTimeOffset
  - event.BiosManufacturer
  - event.BiosVersion
  - event.BootId
  - event.ChassisType
  - event.City
  - event.CodeSigningFlags
  - event.ConfigBuild
  - event.ConfigIDBuild
  - event.ConfigIDBase
  - event.ConfigIDPlatform
  - event.ConfigStateHash
  - event.ConnectionCipher
  - event.ConnectionCipherStrength
  - event.ConnectionDirection
  - event.ConnectionFlags
  - event.ConnectTime
  - event.ConnectType
  - event.ContextProcessId
  - event.ContextThreadId
  - event.Continent
  - event.Country
  - event.DcPolicyAction
  - event.DcPolicyFlags
  - event.DevicePropertyClassGuid
  - event.DevicePropertyClassName
  - event.DevicePropertyDeviceDescription
  - event.DevicePropertyFriendlyName
  - event.DevicePropertyLocationInformation
  - event.DevicePropertyManufacturer
  - event.DeviceProtocol
  - event.DeviceTimeStamp
  - event.DeviceUsbSubclass
  - event.DeviceUsbVersion
  - event.DnsRequestCount
  - event.DnsResponseType
  - event.DualRequest
  - event.EffectiveTransmissionClass
  - event.Entitlements
  - event.EventOrigin
  - event.FirstDiscoveredDate
  - event.FirstSeen
  - event.GID
  - event.HostHiddenStatus
  - event.IP4Records
  - event.IP6Records
  - event.ImageSubsystem
  - event.InContext
  - event.IntegrityLevel
  - event.InterfaceIndex
  - event.InterfaceNumber
  - event.IsTransactedFile
  - event.LocalAddressIP4
  - event.LocalAddressIP6
  - event.LocalPort
  - event.MACAddress
  - event.MD5HashData
  - event.MLModelVersion
  - event.MachOSubType
  - event.MachineDomain
  - event.OU
  - event.ParentAuthenticationId
  - event.ParentBaseFileName
  - event.ParentProcessId
  - event.PointerSize
  - event.ProcessCreateFlags
  - event.ProcessEndTime
  - event.ProcessGroupId
  - event.ProcessParameterFlags
  - event.ProcessStartTime
  - event.ProcessSxsFlags
  - event.ProductType
  - event.Protocol
  - event.ProvisionState
  - event.QueryStatus
  - event.RGID
  - event.RUID
  - event.RawProcessId
  - event.RequestType
  - event.SHA1HashData
  - event.SHA256HashData
  - event.SVGID
  - event.SVUID
  - event.SensorGroupingTags
  - event.ServicePackMajor
  - event.SessionId
  - event.SessionProcessId
  - event.SignInfoFlags
  - event.SigningId
  - event.SiteName
  - event.SourceFileName
  - event.SourceProcessId
  - event.SourceThreadId
  - event.SystemManufacturer
  - event.Tags
  - event.TargetProcessId
  - event.TeamId
  - event.Time
  - event.Timezone
  - event.TokenType
  - event.TreeId
  - event.UID
  - event.UserName
  - event.UserSid
  - event.Version
  - event.VolumeDriveLetter
  - event.VolumeFileSystemDevice
  - event.VolumeFileSystemDriver
  - event.VolumeFileSystemType
  - event.WindowFlags
  - event.cid
  - event.event_version
  - event.name
  - event.platform
  - p_*
into: [process, connection, peripheral, device]
*/

-- Events come flat, as the replicator writes them, or under `event`, as some warehouses keep them. Rows of the
-- replicator's own device list (aidmaster) have no event type.

-- first: told
SELECT *, coalesce(instant(ContextTimeStamp), instant(timestamp)) AS occurred_at
FROM raw

-- into: process
SELECT
  item,
  occurred_at,
  aid AS device_id,
  ImageFileName AS image,
  CommandLine AS command_line,
  FileSigningCertSubject AS signer,
  aip AS ip
FROM told
WHERE event_simpleName IN ('ProcessRollup2', 'SyntheticProcessRollup2')

-- into: connection
SELECT
  item,
  occurred_at,
  aid AS device_id,
  lower(DomainName) AS dst_host,
  coalesce(RemoteAddressIP4, RemoteAddressIP6) AS dst_ip,
  whole(RemotePort) AS dst_port,
  aip AS ip
FROM told
WHERE event_simpleName IN ('DnsRequest', 'NetworkConnectIP4', 'NetworkConnectIP6')
  -- A sensor that only says that it is there says from which line.
  OR event_simpleName = 'SensorHeartbeat'
  OR (ComputerName IS NOT NULL
    AND (event_simpleName IN ('HostInfo', 'AgentOnline') OR (event_simpleName IS NULL AND occurred_at IS NOT NULL)))

-- into: peripheral
-- A composite device is class 0 in its own descriptor; what it is stands in those of its interfaces, which come as
-- events of their own with the same hash, now and every seven days. Numbers are decimal unless written like hex.
WITH interface AS (
  SELECT company AS seen_by, aid AS host, DeviceDescriptorSetHash AS descriptors, joined(hex_byte(DeviceUsbClass)) AS classes
  FROM told
  WHERE event_simpleName = 'DcUsbInterfaceDescriptor'
  GROUP BY company, aid, DeviceDescriptorSetHash
)

SELECT
  item,
  occurred_at,
  aid AS device_id,
  'usb' AS bus,
  coalesce(
    upper(part_of(coalesce(DeviceInstanceId, DiskParentDeviceInstanceId), 'VID_([0-9A-Fa-f]{4})')),
    hex_word(DeviceVendorId)
  ) AS vendor_id,
  coalesce(
    upper(part_of(coalesce(DeviceInstanceId, DiskParentDeviceInstanceId), 'PID_([0-9A-Fa-f]{4})')),
    hex_word(DeviceProductId)
  ) AS product_id,
  DeviceManufacturer AS vendor,
  coalesce(DeviceProduct, VolumeName) AS product,
  DeviceSerialNumber AS serial,
  coalesce(
    classes,
    nullif(hex_byte(DeviceUsbClass), '00'),
    CASE WHEN event_simpleName = 'RemovableMediaVolumeMounted' THEN '08' END
  ) AS interface_classes,
  aip AS ip
FROM told LEFT JOIN interface ON seen_by = company AND host = aid AND descriptors = DeviceDescriptorSetHash
WHERE event_simpleName IN ('DcUsbDeviceConnected', 'RemovableMediaVolumeMounted')

-- into: device
-- Sensors introduce themselves at every start: one row for what one sensor says of its computer.
WITH introduced AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY company, aid, ComputerName, SystemSerialNumber, SystemProductName
      ORDER BY occurred_at, id
    ) AS place
  FROM told
  WHERE (event_simpleName IN ('HostInfo', 'AgentOnline') OR event_simpleName IS NULL) AND ComputerName IS NOT NULL
)

SELECT
  item,
  aid AS device_id,
  SystemSerialNumber AS serial,
  ComputerName AS hostname,
  CASE event_platform WHEN 'Win' THEN 'Windows' WHEN 'Mac' THEN 'macOS' WHEN 'Lin' THEN 'Linux' ELSE event_platform END AS os,
  SystemProductName AS model
FROM introduced
WHERE place = 1
