/*
id: zoom_meetings
title: Zoom meeting participants and meeting activities
vendor_page: https://developers.zoom.us/docs/api/meetings/#tag/dashboards/GET/metrics/meetings/{meetingId}/participants
format: jsonl
columns:
  participant_uuid: VARCHAR
  "meeting_id | meeting_uuid | meeting_number": VARCHAR
  "email | user_email | operator_email": VARCHAR
  join_time: VARCHAR
  leave_time: VARCHAR
  duration: BIGINT
  ip_address: VARCHAR
  device: VARCHAR
  camera: VARCHAR
  activity_time: VARCHAR
  activity_category: VARCHAR
item_id: [participant_uuid+meeting_id+join_time]
set_aside:
  nobody named: >-
    email IS NULL
  neither a stay nor an activity: >-
    join_time IS NULL AND activity_category IS NULL
adds:
ignores:
  - activity_detail
  - audio_call
  - audio_quality
  - bo_mtg_id
  - camera_type
  - client
  - connection_type
  - customer_key
  - data_center
  - device_name
  - domain
  - failover
  - full_data_center
  - groupId
  - harddisk_id
  - health
  - host_name
  - id
  - in_room_participants
  - internal_user
  - internal_ip_addresses
  - issue_list
  - leave_reason
  - location
  - mac_addr
  - microphone
  - network_type
  - operator
  - optional_archiving
  - os
  - os_version
  - pc_name
  - recording
  - registrant_id
  - role
  - screen_share_quality
  - share_application
  - share_desktop
  - share_whiteboard
  - sip_uri
  - speaker
  - status
  - user_id
  - user_name
  - version
  - video_quality
  - "waiting_room*"
  - "p_*"
into: [meeting, activity]
*/
-- into: meeting
SELECT
  item, instant(join_time) AS occurred_at, lower(email) AS actor_email, meeting_id, ip_address AS ip, device AS client,
  coalesce(duration, CAST(round(minutes_between(instant(join_time), instant(leave_time)) * 60) AS BIGINT)) AS duration_seconds, camera AS camera_device
FROM raw
WHERE join_time IS NOT NULL

-- into: activity
-- Times of meeting activities end in a colon and milliseconds.
SELECT
  item, instant(CASE WHEN activity_time LIKE '%:___' THEN substr(activity_time, 1, 19) || '.' || substr(activity_time, 21) ELSE activity_time END) AS occurred_at,
  lower(email) AS actor_email, 'zoom' AS service, activity_category AS action, meeting_id AS target, 1 AS count
FROM raw
WHERE join_time IS NULL
