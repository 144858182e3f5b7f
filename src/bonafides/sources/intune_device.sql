/*
id: intune_device
title: Microsoft Intune managed devices
vendor_page: https://learn.microsoft.com/en-us/graph/api/resources/intune-devices-manageddevice
format: jsonl
columns:
  "id | properties.DeviceId | \"Device ID\"": VARCHAR
  "azureADDeviceId | properties.ReferenceId | \"Microsoft Entra Device ID\"": VARCHAR
  serialNumber | properties.serialNumber: VARCHAR
  "userPrincipalName | emailAddress | properties.UPN | properties.UserEmail | \"Primary user UPN\" | \"Primary user email address\"": VARCHAR
  deviceName | properties.deviceName: VARCHAR
  "operatingSystem | properties.OS | OS": VARCHAR
  osVersion | properties.osVersion: VARCHAR
  "model | properties.model": VARCHAR
  "enrolledDateTime | properties.CreatedDate | \"Enrollment date\"": VARCHAR
item_id:
set_aside:
  no device id: >-
    id IS NULL
  nothing of a device: >-
    deviceName IS NULL AND serialNumber IS NULL
adds:
ignores:
  - "@odata.type"
  - activationLockBypassCode
  - "android*"
  - azureADRegistered
  - category
  - chassisType
  - "compliance*"
  - "configuration*"
  - "deviceAction*"
  - "deviceCategory*"
  - deviceEnrollmentType
  - "deviceHealth*"
  - deviceRegistrationState
  - "easDevice*"
  - "eas*"
  - enrollmentProfileName
  - enrollmentType
  - ethernetMacAddress
  - "exchange*"
  - freeStorageSpaceInBytes
  - iccid
  - imei
  - isEncrypted
  - isSupervised
  - jailBroken
  - lastSyncDateTime
  - "managedDevice*"
  - managementAgent
  - managementState
  - "managementC*"
  - properties.ManagedDeviceStatus
  - managementFeatures
  - manufacturer
  - meid
  - notes
  - operationName
  - operationVersion
  - ownerType
  - "partner*"
  - phoneNumber
  - physicalMemoryInBytes
  - processorArchitecture
  - "remoteAssistance*"
  - requireUserEnrollmentApproval
  - "result*"
  - skuFamily
  - skuNumber
  - specificationVersion
  - subscriberCarrier
  - tenantId
  - time
  - totalStorageSpaceInBytes
  - udid
  - userDisplayName
  - userId
  - users
  - usersLoggedOn
  - wiFiMacAddress
  - "windows*"
  - properties.BatchId
  - "properties.Categor*"
  - "properties.Compliant*"
  - properties.EasID
  - "properties.Encrypt*"
  - properties.GraphDeviceIsManaged
  - properties.IMEI
  - properties.InGracePeriodUntil
  - properties.IntuneAccountId
  - properties.JailBroken
  - properties.LastContact
  - properties.ManagedBy
  - properties.Manufacturer
  - properties.MEID
  - properties.Ownership
  - properties.PhoneNumber
  - properties.PrimaryUser
  - properties.SkuFamily
  - properties.StorageFree
  - properties.StorageTotal
  - properties.SubscriberCarrier
  - properties.SupervisedStatusString
  - properties.UserName
  - properties.WifiMacAddress
  - properties.AndroidPatchLevel
  - properties.Stats
  - properties.DeviceRegistrationState
  - "p_*"
  - Azure AD registered
  - BootstrapTokenEscrowed
  - CellularTechnology
  - CertExpirationDate
  - Device state
  - "EAS *"
  - EID
  - Encrypted
  - EthernetMAC
  - Free storage
  - Intune registered
  - IsManaged
  - JoinType
  - "Last *"
  - Managed by
  - Management name
  - ManagementAgents
  - Microsoft Entra registered
  - Ownership
  - Phone number
  - Primary user display name
  - Security patch level
  - Subscriber carrier
  - Supervised
  - Total storage
  - Wi-Fi MAC
  - WiFiIPv4Address
  - WiFiSubnetID
into: [device]
*/
-- into: device
-- The diagnostic shape writes times in American order, in UTC.
SELECT
  item, id AS device_id, serialNumber AS serial, nullif(azureADDeviceId, '00000000-0000-0000-0000-000000000000') AS directory_id, lower(userPrincipalName) AS assigned_email, deviceName AS hostname, nullif(concat_ws(' ', operatingSystem, osVersion), '') AS os, model,
  CAST(coalesce(instant(enrolledDateTime), instant_us(enrolledDateTime)) AS DATE) AS enrolled_on
FROM raw
