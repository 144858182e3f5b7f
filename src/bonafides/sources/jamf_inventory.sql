/*
id: jamf_inventory
title: Jamf Pro computer inventory
vendor_page: https://developer.jamf.com/jamf-pro/reference/get_v1-computers-inventory
format: json
columns:
  id: VARCHAR
  udid: VARCHAR
  general.name: VARCHAR
  general.lastEnrolledDate: VARCHAR
  general.lastContactTime: VARCHAR
  general.lastIpAddress: VARCHAR
  hardware.serialNumber: VARCHAR
  hardware.model: VARCHAR
  operatingSystem.name: VARCHAR
  operatingSystem.version: VARCHAR
  userAndLocation.email: VARCHAR
  userAndLocation.username: VARCHAR
item_id:
set_aside:
  no device id: >-
    udid IS NULL AND id IS NULL
  nothing of a device: >-
    general_name IS NULL AND hardware_serialNumber IS NULL
adds:
ignores:
  - applications
  - attachments
  - certificates
  - configurationProfiles
  - contentCaching
  - diskEncryption
  - extensionAttributes
  - fonts
  - general.assetTag
  - general.barcode1
  - general.barcode2
  - general.declarativeDeviceManagementEnabled
  - general.distributionPoint
  - general.enrolledViaAutomatedDeviceEnrollment
  - general.enrollmentMethod
  - general.extensionAttributes
  - general.initialEntryDate
  - general.itunesStoreAccountActive
  - general.jamfBinaryVersion
  - general.lastCloudBackupDate
  - general.lastReportedIp
  - general.managementId
  - general.mdmCapable
  - general.mdmProfileExpiration
  - general.platform
  - general.remoteManagement
  - general.reportDate
  - general.site
  - general.supervised
  - general.userApprovedMdm
  - groupMemberships
  - hardware.make
  - hardware.macAddress
  - hardware.modelIdentifier
  - hardware.extensionAttributes
  - ibeacons
  - licensedSoftware
  - localUserAccounts
  - operatingSystem.activeDirectoryStatus
  - operatingSystem.build
  - operatingSystem.extensionAttributes
  - operatingSystem.fileVault2Status
  - operatingSystem.rapidSecurityResponse
  - operatingSystem.softwareUpdateDeviceId
  - operatingSystem.supplementalBuildVersion
  - packageReceipts
  - plugins
  - printers
  - purchasing
  - security
  - services
  - softwareUpdates
  - storage
  - userAndLocation.buildingId
  - userAndLocation.departmentId
  - userAndLocation.extensionAttributes
  - userAndLocation.phone
  - userAndLocation.position
  - userAndLocation.realname
  - userAndLocation.room
  - "p_*"
into: [device, connection]
*/
-- into: device
SELECT
  item, coalesce(udid, id) AS device_id, hardware_serialNumber AS serial, lower(coalesce(userAndLocation_email, userAndLocation_username)) AS assigned_email, general_name AS hostname,
  nullif(concat_ws(' ', operatingSystem_name, operatingSystem_version), '') AS os, hardware_model AS model, day_of(general_lastEnrolledDate) AS enrolled_on
FROM raw

-- into: connection
-- The line from which the computer last reached the server; what it calls its own address is one of its network's.
SELECT item, instant(general_lastContactTime) AS occurred_at, coalesce(udid, id) AS device_id, general_lastIpAddress AS ip
FROM raw
WHERE instant(general_lastContactTime) IS NOT NULL AND general_lastIpAddress IS NOT NULL
