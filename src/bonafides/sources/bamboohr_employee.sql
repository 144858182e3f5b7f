/*
id: bamboohr_employee
title: BambooHR employees
vendor_page: https://documentation.bamboohr.com/reference/get-employee
format: json
columns:
  "id | employeeId": VARCHAR
  employeeNumber: VARCHAR
  firstName: VARCHAR
  lastName: VARCHAR
  workEmail: VARCHAR
  homeEmail: VARCHAR
  "mobilePhone | homePhone": VARCHAR
  address1: VARCHAR
  address2: VARCHAR
  city: VARCHAR
  state: VARCHAR
  zipcode: VARCHAR
  country: VARCHAR
  dateOfBirth: DATE
  "jobTitle | jobTitleName": VARCHAR
  department: VARCHAR
  supervisorEId: VARCHAR
  hireDate: DATE
  terminationDate: VARCHAR
  employees: JSON
item_id:
set_aside:
  neither an employee nor a report: >-
    id IS NULL AND employees IS NULL
  an employee without a name: >-
    id IS NOT NULL AND lastName IS NULL
adds:
ignores:
  - _restrictedFields
  - action
  - displayName
  - division
  - employmentHistoryStatus
  - fields
  - gender
  - lastChanged
  - location
  - middleName
  - photoUploaded
  - photoUrl
  - preferredName
  - status
  - supervisor
  - title
  - workPhone
  - workPhoneExtension
  - _links
  - meta
into: [worker]
*/
-- into: worker
-- A report holds its employees in a list; 0000-00-00 is BambooHR's word for no date, which cannot be read as one and so is none.
SELECT
  item, CAST(NULL AS VARCHAR) AS part, id AS worker_id, employeeNumber AS employee_number, firstName AS given_name, lastName AS family_name, lower(workEmail) AS work_email, lower(homeEmail) AS personal_email, mobilePhone AS phone,
  nullif(concat_ws(' ', address1, address2), '') AS street, city, state AS region, zipcode AS postal_code, country, dateOfBirth AS birth_date, jobTitle AS role, department, supervisorEId AS manager_id,
  hireDate AS hired_on, hireDate AS started_on, day_of(terminationDate) AS ended_on
FROM raw
WHERE employees IS NULL
UNION ALL
SELECT
  item, json_text(e.piece, '$.id'), json_text(e.piece, '$.id'), said(json_text(e.piece, '$.employeeNumber')), said(json_text(e.piece, '$.firstName')), said(json_text(e.piece, '$.lastName')), lower(said(json_text(e.piece, '$.workEmail'))),
  lower(said(json_text(e.piece, '$.homeEmail'))), coalesce(said(json_text(e.piece, '$.mobilePhone')), said(json_text(e.piece, '$.homePhone'))),
  nullif(concat_ws(' ', said(json_text(e.piece, '$.address1')), said(json_text(e.piece, '$.address2'))), ''), said(json_text(e.piece, '$.city')), said(json_text(e.piece, '$.state')),
  said(json_text(e.piece, '$.zipcode')), said(json_text(e.piece, '$.country')), day_of(json_text(e.piece, '$.dateOfBirth')), said(json_text(e.piece, '$.jobTitle')), said(json_text(e.piece, '$.department')),
  said(json_text(e.piece, '$.supervisorEId')), day_of(json_text(e.piece, '$.hireDate')), day_of(json_text(e.piece, '$.hireDate')), day_of(json_text(e.piece, '$.terminationDate'))
FROM (SELECT item, explode(pieces(employees)) AS e FROM raw) AS listed
