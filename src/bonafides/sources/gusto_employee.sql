/*
id: gusto_employee
title: Gusto employees and payrolls
vendor_page: https://docs.gusto.com/app-integrations/reference/get-v1-companies-company_id-employees
format: json
columns:
  uuid: VARCHAR
  employee_code: VARCHAR
  first_name: VARCHAR
  last_name: VARCHAR
  work_email: VARCHAR
  email: VARCHAR
  phone: VARCHAR
  date_of_birth: DATE
  department: VARCHAR
  manager_uuid: VARCHAR
  current_employment_status: VARCHAR
  jobs: JSON
  terminations: JSON
  home_address.street_1: VARCHAR
  home_address.street_2: VARCHAR
  home_address.city: VARCHAR
  home_address.state: VARCHAR
  home_address.zip: VARCHAR
  home_address.country: VARCHAR
  payroll_uuid: VARCHAR
  check_date: DATE
  employee_compensations: JSON
  version: VARCHAR
item_id: [payroll_uuid+check_date, uuid+version]
set_aside:
  neither an employee nor a payroll: >-
    uuid IS NULL AND employee_compensations IS NULL
  an employee without a name: >-
    uuid IS NOT NULL AND last_name IS NULL
adds:
ignores:
  - calculated_at
  - company_id
  - company_uuid
  - created_at
  - creator_user_uuid
  - custom_fields
  - eligible_paid_time_off
  - external
  - fixed_compensation_types
  - garnishments
  - has_ssn
  - home_address.active
  - home_address.id
  - home_address.inactive
  - home_address.employee_id
  - home_address.employee_uuid
  - home_address.version
  - id
  - manager_id
  - middle_initial
  - off_cycle
  - onboarded
  - onboarding_documents_config
  - onboarding_status
  - payment_method
  - payroll_deadline
  - payroll_id
  - payroll_status_meta
  - pay_period
  - payroll_taxes
  - payroll_type
  - preferred_first_name
  - processed
  - processed_date
  - ssn
  - submission_blockers
  - credit_blockers
  - terminated
  - totals
  - two_percent_shareholder
  - withholding_pay_period
  - skip_regular_deductions
  - fixed_withholding_rate
  - auto_pilot
  - final_termination_payroll
  - historical
  - member_portal_invitation_status
  - partner_portal_invitation_sent
  - hidden_ssn
  - title
  - hired_at
  - applicable_tax_forms
  - payroll_processing_request
  - processing_request
  - benefits
  - current_home_address
  - all_home_addresses
  - flsa_status
  - rate
  - hire_date
  - include_reimbursement
  - reimbursements_only
into: [worker, payment]
*/
-- into: worker
SELECT
  item, uuid AS worker_id, employee_code AS employee_number, first_name AS given_name, last_name AS family_name, lower(work_email) AS work_email, lower(email) AS personal_email, phone,
  concat_ws(' ', home_address_street_1, home_address_street_2) AS street, home_address_city AS city, home_address_state AS region, home_address_zip AS postal_code, home_address_country AS country,
  date_of_birth AS birth_date, said(json_text(jobs, '$[0].title')) AS role, department, manager_uuid AS manager_id,
  CASE WHEN current_employment_status IS NOT NULL THEN 'employee' END AS engagement,
  day_of(json_text(jobs, '$[0].hire_date')) AS hired_on, day_of(json_text(jobs, '$[0].hire_date')) AS started_on, day_of(json_text(terminations, '$[0].effective_date')) AS ended_on
FROM raw
WHERE uuid IS NOT NULL AND employee_compensations IS NULL

-- into: payment
SELECT
  item, json_text(c.piece, '$.employee_uuid') AS part, payroll_uuid || '/' || json_text(c.piece, '$.employee_uuid') AS payment_id, json_text(c.piece, '$.employee_uuid') AS worker_id, check_date AS paid_on,
  coalesce(number_of(json_text(c.piece, '$.net_pay')), number_of(json_text(c.piece, '$.gross_pay'))) AS amount, 'USD' AS currency
FROM (SELECT item, payroll_uuid, check_date, explode(pieces(employee_compensations)) AS c FROM raw) AS paid
