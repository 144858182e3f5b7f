/*
id: entra_sign_in
title: Entra ID sign-in log, from the Graph API or from Azure Monitor
vendor_page: https://learn.microsoft.com/en-us/graph/api/resources/signin
format: jsonl
columns:
  "properties.createdDateTime | createdDateTime | \"Date (UTC)\" | \"CreatedDateTime [UTC]\"": VARCHAR
  "time | TimeGenerated | \"TimeGenerated [UTC]\"": VARCHAR
  category: VARCHAR
  "properties.id | id | \"Request ID\"": VARCHAR
  "properties.userPrincipalName | userPrincipalName | Username": VARCHAR
  properties.ipAddress | ipAddress | callerIpAddress: VARCHAR
  properties.userAgent | userAgent: VARCHAR
  "properties.appDisplayName | appDisplayName | Application": VARCHAR
  "properties.resourceDisplayName | resourceDisplayName | Resource": VARCHAR
  properties.sessionId | sessionId: VARCHAR
  properties.autonomousSystemNumber | autonomousSystemNumber: BIGINT
  properties.authenticationRequirement | authenticationRequirement: VARCHAR
  properties.status | status: JSON
  "\"Sign-in error code\"": BIGINT
  resultType: VARCHAR
  "properties.deviceDetail.deviceId | deviceDetail.deviceId | \"Device ID\"": VARCHAR
  properties.deviceDetail.displayName | deviceDetail.displayName: VARCHAR
  "properties.location | LocationDetails | location": JSON
  properties.mfaDetail | mfaDetail: JSON
  properties.authenticationDetails | authenticationDetails: JSON
item_id: [properties_id]
set_aside:
  category is no sign-in by a person: >-
    coalesce(category, 'SignInLogs') NOT IN ('SignInLogs', 'NonInteractiveUserSignInLogs', 'ADFSSignInLogs')
  no account name: coalesce(properties_userPrincipalName, '') NOT LIKE '%@%'
adds:
ignores:
  - Level
  - appId
  - appTokenProtectionStatus
  - appliedConditionalAccessPolicies
  - appliedEventListeners
  - authenticationAppDeviceDetails
  - authenticationAppPolicyEvaluationDetails
  - authenticationContextClassReferences
  - authenticationMethodsUsed
  - authenticationProcessingDetails
  - authenticationProtocol
  - authenticationRequirementPolicies
  - authenticationStrengths
  - clientAppUsed
  - clientCredentialType
  - conditionalAccessAudiences
  - conditionalAccessStatus
  - correlationId
  - crossTenantAccessType
  - deviceDetail.browser
  - deviceDetail.browserId
  - deviceDetail.isCompliant
  - deviceDetail.isManaged
  - deviceDetail.operatingSystem
  - deviceDetail.trustType
  - durationMs
  - federatedCredentialId
  - flaggedForReview
  - homeTenantId
  - homeTenantName
  - identity
  - incomingTokenType
  - ipAddressFromResourceProvider
  - isInteractive
  - isTenantRestricted
  - managedIdentityType
  - managedServiceIdentity
  - networkLocationDetails
  - operationName
  - operationVersion
  - originalRequestId
  - originalTransferMethod
  - p_*
  - privateLinkDetails
  - processingTimeInMilliseconds
  - properties.appId
  - properties.appTokenProtectionStatus
  - properties.appliedConditionalAccessPolicies
  - properties.appliedEventListeners
  - properties.authenticationAppDeviceDetails
  - properties.authenticationAppPolicyEvaluationDetails
  - properties.authenticationContextClassReferences
  - properties.authenticationMethodsUsed
  - properties.authenticationProcessingDetails
  - properties.authenticationProtocol
  - properties.authenticationRequirementPolicies
  - properties.authenticationStrengths
  - properties.clientAppUsed
  - properties.clientCredentialType
  - properties.conditionalAccessAudiences
  - properties.conditionalAccessStatus
  - properties.correlationId
  - properties.crossTenantAccessType
  - properties.deviceDetail.browser
  - properties.deviceDetail.browserId
  - properties.deviceDetail.isCompliant
  - properties.deviceDetail.isManaged
  - properties.deviceDetail.operatingSystem
  - properties.deviceDetail.trustType
  - properties.federatedCredentialId
  - properties.flaggedForReview
  - properties.homeTenantId
  - properties.homeTenantName
  - properties.identity
  - properties.incomingTokenType
  - properties.ipAddressFromResourceProvider
  - properties.isInteractive
  - properties.isTenantRestricted
  - properties.managedIdentityType
  - properties.managedServiceIdentity
  - properties.networkLocationDetails
  - properties.originalRequestId
  - properties.originalTransferMethod
  - properties.privateLinkDetails
  - properties.processingTimeInMilliseconds
  - properties.resourceId
  - properties.resourceServicePrincipalId
  - properties.resourceTenantId
  - properties.result
  - properties.resultDescription
  - properties.resultReason
  - properties.resultType
  - properties.riskDetail
  - properties.riskEventTypes
  - properties.riskEventTypes_v2
  - properties.riskLevelAggregated
  - properties.riskLevelDuringSignIn
  - properties.riskState
  - properties.rngcStatus
  - properties.servicePrincipalCredentialKeyId
  - properties.servicePrincipalCredentialThumbprint
  - properties.servicePrincipalId
  - properties.servicePrincipalName
  - properties.sessionLifetimePolicies
  - properties.signInEventTypes
  - properties.signInIdentifier
  - properties.signInIdentifierType
  - properties.signInTokenProtectionStatus
  - properties.ssoExtensionVersion
  - properties.tenantGeo
  - properties.tenantId
  - properties.tokenIssuerName
  - properties.tokenIssuerType
  - properties.uniqueTokenIdentifier
  - properties.userDisplayName
  - properties.userId
  - properties.userType
  - resourceId
  - resourceServicePrincipalId
  - resourceTenantId
  - result
  - resultDescription
  - resultReason
  - resultSignature
  - riskDetail
  - riskEventTypes
  - riskEventTypes_v2
  - riskLevelAggregated
  - riskLevelDuringSignIn
  - riskState
  - rngcStatus
  - servicePrincipalCredentialKeyId
  - servicePrincipalCredentialThumbprint
  - servicePrincipalId
  - servicePrincipalName
  - sessionLifetimePolicies
  - signInEventTypes
  - signInIdentifier
  - signInIdentifierType
  - signInTokenProtectionStatus
  - ssoExtensionVersion
  - tenantGeo
  - tenantId
  - tokenIssuerName
  - tokenIssuerType
  - uniqueTokenIdentifier
  - userDisplayName
  - userId
  - userType
  - "Incoming token type*"
  - "Multifactor authentication*"
  - "Token Protection*"
  - App owner tenant ID
  - Application ID
  - Associated Resource Id
  - Authentication Protocol
  - Browser
  - Client app
  - Client credential type
  - Compliant
  - Conditional Access
  - Correlation ID
  - Cross tenant access type
  - Failure reason
  - Federated Token Id
  - Federated Token Issuer
  - Flagged for review
  - Global Secure Access IP address
  - Home tenant ID
  - Home tenant name
  - IP address (seen by resource)
  - Join Type
  - Latency
  - Managed
  - Managed Identity type
  - Operating System
  - Original transfer method
  - Resource ID
  - Resource owner tenant ID
  - Resource tenant ID
  - Sign-in identifier
  - Through Global Secure Access
  - Token issuer name
  - Token issuer type
  - Unique token identifier
  - User
  - User ID
  - User type
into: [sign_in]
*/

-- Graph writes a sign-in's fields at the top, Azure Monitor under `properties`; there `location` at the top is a
-- country code and `time` is when the line was written, minutes after the sign-in. The portal's table says city, state
-- and country in one text, and gives no code where all went well; Log Analytics puts JSON into the cells of its own.

-- first: told
SELECT *, coalesce(whole(json_text(properties_status, '$.errorCode')), Sign_in_error_code, whole(resultType)) AS error,
       lower(coalesce(part_of(json_text(properties_status, '$'), '^([A-Za-z]+)$'), resultType)) AS result, json_text(properties_location, '$') AS place
FROM raw

-- into: sign_in
SELECT
  item,
  coalesce(instant(properties_createdDateTime), instant_us(properties_createdDateTime), instant(time), instant_us(time)) AS occurred_at,
  lower(properties_userPrincipalName) AS actor_email,
  coalesce(properties_deviceDetail_deviceId, properties_deviceDetail_displayName) AS device_id,
  properties_ipAddress AS ip,
  properties_autonomousSystemNumber AS asn,
  coalesce(said(json_text(properties_location, '$.city')), part_of(place, '^([^{].*), [^,]*, [A-Z]{2}$')) AS city,
  coalesce(said(json_text(properties_location, '$.state')), part_of(place, '^[^{].*, ([^,]*), [A-Z]{2}$')) AS region,
  coalesce(said(json_text(properties_location, '$.countryOrRegion')), part_of(place, '^(?:[^{].*, )?([A-Z]{2})$')) AS country,
  number_of(json_text(properties_location, '$.geoCoordinates.latitude')) AS latitude,
  number_of(json_text(properties_location, '$.geoCoordinates.longitude')) AS longitude,
  properties_userAgent AS user_agent,
  properties_sessionId AS session_id,
  coalesce(properties_appDisplayName, properties_resourceDisplayName) AS application,
  coalesce(
    said(json_text(properties_mfaDetail, '$.authMethod')),
    said(json_text(properties_authenticationDetails, '$[0].authenticationMethod')),
    properties_authenticationRequirement
  ) AS factor,
  -- Codes that interrupt a sign-in to ask for more; Microsoft's list of AADSTS codes.
  CASE
    WHEN error = 0 THEN 'success'
    WHEN error IN (
      16000, 16001, 16003, 50055, 50058, 50072, 50074, 50076, 50078, 50079, 50097, 50125, 50127, 50129, 50140, 50143,
      50144, 50158, 50203, 51006, 52004, 65001
    ) THEN 'challenge'
    WHEN error IS NOT NULL THEN 'failure'
    WHEN result IN ('success', 'failure') THEN result
    WHEN result = 'interrupted' THEN 'challenge'
  END AS outcome
FROM told
