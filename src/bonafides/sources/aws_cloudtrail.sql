/*
id: aws_cloudtrail
title: AWS CloudTrail
vendor_page: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference.html
format: jsonl
columns:
  eventID: VARCHAR
  "eventTime | @timestamp": VARCHAR
  eventName: VARCHAR
  eventSource: VARCHAR
  sourceIPAddress: VARCHAR
  userAgent: VARCHAR
  userIdentity: JSON
  requestParameters: JSON
  responseElements: JSON
  additionalEventData: JSON
  errorCode: VARCHAR
  CloudTrailEvent: JSON
item_id: [eventID]
set_aside:
  no event name: >-
    eventName IS NULL
  actor is no person: >-
    coalesce(said(json_text(coalesce(userIdentity, json_text(CloudTrailEvent, '$.userIdentity')), '$.userName')), part_of(coalesce(said(json_text(userIdentity, '$.arn')), said(json_text(CloudTrailEvent, '$.userIdentity.arn'))), '/([^/]+@[^/]+)$')) IS NULL
adds:
ignores:
  - "@version"
  - AccessKeyId
  - ReadOnly
  - Resources
  - Username
  - apiVersion
  - awsRegion
  - edgeDeviceDetails
  - errorMessage
  - eventCategory
  - eventType
  - eventVersion
  - addendum
  - insightDetails
  - managementEvent
  - message
  - recipientAccountId
  - requestID
  - resources
  - serviceEventDetails
  - sessionCredentialFromConsole
  - sharedEventID
  - tags
  - tlsDetails
  - type
  - vpcEndpointId
  - vpcEndpointAccountId
  - host
  - path
  - port
  - readOnly
  - "p_*"
into: [sign_in, credential, activity]
*/
-- first: told
-- Service names stand where an address should; whoever assumed a role is known by the session's name where that is an e-mail.
SELECT
  *,
  instant(eventTime) AS occurred_at,
  lower(coalesce(
    part_of(coalesce(said(json_text(userIdentity, '$.arn')), said(json_text(CloudTrailEvent, '$.userIdentity.arn'))), '/([^/]+@[^/]+)$'),
    said(json_text(userIdentity, '$.userName')), said(json_text(CloudTrailEvent, '$.userIdentity.userName')))) AS who,
  part_of(coalesce(sourceIPAddress, json_text(CloudTrailEvent, '$.sourceIPAddress')), '^([0-9a-fA-F:.]+)$') AS ip,
  coalesce(userAgent, said(json_text(CloudTrailEvent, '$.userAgent'))) AS agent,
  lower(coalesce(said(json_text(requestParameters, '$.userName')), said(json_text(CloudTrailEvent, '$.requestParameters.userName')))) AS target_user,
  coalesce(errorCode, said(json_text(CloudTrailEvent, '$.errorCode'))) IS NULL AS is_done,
  CASE
    WHEN eventName = 'ConsoleLogin' THEN 'sign-in'
    WHEN coalesce(errorCode, said(json_text(CloudTrailEvent, '$.errorCode'))) IS NOT NULL THEN 'action'
    WHEN eventName = 'EnableMFADevice' THEN 'added'
    WHEN eventName = 'DeactivateMFADevice' THEN 'removed'
    ELSE 'action'
  END AS what
FROM raw

-- into: sign_in
SELECT
  item, occurred_at, who AS actor_email, ip, agent AS user_agent, 'AWS console' AS application,
  CASE WHEN said(json_text(additionalEventData, '$.MFAUsed')) = 'Yes' THEN 'mfa' END AS factor,
  CASE
    WHEN coalesce(json_text(responseElements, '$.ConsoleLogin'), json_text(CloudTrailEvent, '$.responseElements.ConsoleLogin')) = 'Success' THEN 'success'
    WHEN NOT is_done OR coalesce(json_text(responseElements, '$.ConsoleLogin'), json_text(CloudTrailEvent, '$.responseElements.ConsoleLogin')) = 'Failure' THEN 'failure'
  END AS outcome
FROM told
WHERE what = 'sign-in'

-- into: credential
SELECT
  item, occurred_at, coalesce(target_user, who) AS actor_email, what AS action, 'mfa' AS factor,
  CASE WHEN coalesce(target_user, who) = who THEN ip END AS ip
FROM told
WHERE what IN ('added', 'removed')

-- into: activity
SELECT
  item, occurred_at, who AS actor_email, ip, agent AS user_agent, lower(coalesce(eventSource, 'aws')) AS service, eventName AS action,
  coalesce(said(json_text(requestParameters, '$.bucketName')), said(json_text(requestParameters, '$.roleName')), said(json_text(requestParameters, '$.secretId')), target_user) AS target,
  1 AS count, whole(json_text(additionalEventData, '$.bytesTransferredOut')) AS moved_bytes
FROM told
WHERE what = 'action'
