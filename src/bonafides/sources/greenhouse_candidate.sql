/*
id: greenhouse_candidate
title: Greenhouse Harvest candidates
vendor_page: https://developers.greenhouse.io/harvest.html#candidates
format: json
columns:
  id: VARCHAR
  first_name: VARCHAR
  last_name: VARCHAR
  email_addresses: JSON
  phone_numbers: JSON
  addresses: JSON
  website_addresses: JSON
  social_media_addresses: JSON
  applications: JSON
  updated_at: VARCHAR
item_id: [id+updated_at]
set_aside:
  no candidate: >-
    id IS NULL
  no application: >-
    applications IS NULL OR applications = '[]'
adds:
ignores:
  - application
  - application_ids
  - attachments
  - can_email
  - company
  - coordinator
  - created_at
  - custom_fields
  - educations
  - employments
  - is_private
  - keyed_custom_fields
  - last_activity
  - linked_user_ids
  - photo_url
  - recruiter
  - tags
  - title
into: [application]
*/
-- into: application
-- Files of a candidate are addresses to fetch, not text: a CV's words are in no answer.
SELECT
  item, json_text(a.piece, '$.id') AS part, json_text(a.piece, '$.id') AS application_id, first_name AS given_name, last_name AS family_name,
  lower(said(json_text(email_addresses, '$[0].value'))) AS email, said(json_text(phone_numbers, '$[0].value')) AS phone, replace(said(json_text(addresses, '$[0].value')), chr(10), ', ') AS street,
  instant(json_text(a.piece, '$.applied_at')) AS applied_at, said(json_text(a.piece, '$.jobs[0].name')) AS role,
  coalesce(said(json_text(a.piece, '$.current_stage.name')), said(json_text(a.piece, '$.status'))) AS stage,
  nullif(concat_ws(';', said(json_text(website_addresses, '$[0].value')), said(json_text(social_media_addresses, '$[0].value')), said(json_text(social_media_addresses, '$[1].value'))), '') AS profile_urls
FROM (SELECT *, explode(pieces(applications)) AS a FROM raw) AS listed
