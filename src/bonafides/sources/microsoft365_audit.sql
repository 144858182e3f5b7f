/*
id: microsoft365_audit
title: Microsoft 365 unified audit log
vendor_page: https://learn.microsoft.com/en-us/office/office-365-management-api/office-365-management-activity-api-schema
format: jsonl
columns:
  Id: VARCHAR
  CreationTime: VARCHAR
  Operation: VARCHAR
  Workload: VARCHAR
  UserId: VARCHAR
  "ClientIP | ClientIPAddress | ActorIpAddress": VARCHAR
  UserAgent: VARCHAR
  ObjectId: VARCHAR
  SourceFileName: VARCHAR
  ModifiedProperties: JSON
  ResultStatus: VARCHAR
item_id: [Id]
set_aside:
  no operation: >-
    Operation IS NULL
  actor is no person: >-
    coalesce(UserId, '') NOT LIKE '%@%'
adds:
ignores:
  - Actor
  - ActorContextId
  - AppAccessContext
  - AppId
  - ApplicationDisplayName
  - ApplicationId
  - AuthenticationType
  - AzureActiveDirectoryEventType
  - BrowserName
  - BrowserVersion
  - ClientInfoString
  - ClientRequestId
  - CorrelationId
  - DeviceDisplayName
  - DeviceProperties
  - ErrorNumber
  - EventData
  - EventSource
  - ExtendedProperties
  - ExternalAccess
  - FileSizeBytes
  - HighPriorityMediaProcessing
  - InterSystemsId
  - IntraSystemId
  - IsManagedDevice
  - "Item*"
  - "List*"
  - LogonError
  - MailboxGuid
  - "MailboxOwner*"
  - "Organization*"
  - OriginatingServer
  - Parameters
  - Platform
  - RecordType
  - SessionId
  - "Site*"
  - SourceFileExtension
  - SourceRelativeUrl
  - SupportTicketId
  - "Target*"
  - UniqueSharingId
  - UserKey
  - UserType
  - Version
  - WebId
  - "p_*"
into: [sign_in, credential, activity]
*/
-- first: told
-- Times are UTC by Microsoft's word; addresses may carry a port.
SELECT
  *, instant(CreationTime) AS occurred_at, lower(UserId) AS who,
  coalesce(part_of(ClientIP, '^([0-9.]+):[0-9]+$'), part_of(ClientIP, '^.([0-9a-fA-F:]+).:[0-9]+$'), ClientIP) AS ip,
  CASE WHEN Operation IN ('UserLoggedIn', 'UserLoginFailed') THEN 'sign-in'
       WHEN contains(coalesce(ModifiedProperties, ''), 'StrongAuthentication') AND coalesce(ResultStatus, 'Success') = 'Success' THEN 'factor' ELSE 'action' END AS what
FROM raw

-- into: sign_in
SELECT item, occurred_at, who AS actor_email, ip, UserAgent AS user_agent, Workload AS application, CASE WHEN Operation = 'UserLoggedIn' THEN 'success' ELSE 'failure' END AS outcome
FROM told
WHERE what = 'sign-in'

-- into: credential
SELECT item, occurred_at, lower(CASE WHEN ObjectId LIKE '%@%' THEN ObjectId ELSE who END) AS actor_email, 'reset' AS action, Operation AS factor, CASE WHEN lower(coalesce(ObjectId, who)) = who THEN ip END AS ip
FROM told
WHERE what = 'factor'

-- into: activity
SELECT item, occurred_at, who AS actor_email, ip, UserAgent AS user_agent, lower(coalesce(Workload, 'microsoft 365')) AS service, Operation AS action, coalesce(SourceFileName, ObjectId) AS target, 1 AS count
FROM told
WHERE what = 'action'
