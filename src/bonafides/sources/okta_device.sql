/*
id: okta_device
title: Okta Devices API
vendor_page: https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Device/
format: jsonl
columns:
  id: VARCHAR
  status: VARCHAR
  created: VARCHAR
  lastUpdated: VARCHAR
  profile.displayName: VARCHAR
  profile.platform: VARCHAR
  profile.osVersion: VARCHAR
  profile.model: VARCHAR
  profile.serialNumber: VARCHAR
  _embedded.users: JSON
item_id: [id]
set_aside:
  no device id: >-
    id IS NULL
  nothing of a device: >-
    profile_displayName IS NULL AND profile_serialNumber IS NULL
adds:
ignores:
  - _embedded.originatedFrom
  - _links
  - profile.authenticatorAppKey
  - profile.diskEncryptionType
  - profile.imei
  - profile.integrityJailbreak
  - profile.manufacturer
  - profile.meid
  - profile.registered
  - profile.secureHardwarePresent
  - profile.sid
  - profile.tpmPublicKeyHash
  - profile.udid
  - resourceAlternateId
  - resourceDisplayName
  - resourceId
  - resourceType
  - "p_*"
into: [device]
*/
-- into: device
-- A device that was deactivated was taken out of use on the day of its last change.
SELECT
  item,
  id AS device_id,
  profile_serialNumber AS serial,
  lower(said(json_text(_embedded_users, '$[0].user.profile.login'))) AS assigned_email,
  profile_displayName AS hostname,
  nullif(concat_ws(' ', profile_platform, profile_osVersion), '') AS os,
  profile_model AS model,
  day_of(created) AS enrolled_on,
  CASE WHEN status = 'DEACTIVATED' THEN day_of(lastUpdated) END AS returned_on
FROM raw
