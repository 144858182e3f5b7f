/*
id: nacha_ach
title: NACHA ACH payroll file
vendor_page: https://achdevguide.nacha.org/ach-file-details
format: lines
columns:
  line: VARCHAR
  file_header: VARCHAR
  batch_header: VARCHAR
  fileHeader: JSON
  batches: JSON
opens:
  file_header: ^1
  batch_header: ^5
item_id:
set_aside:
  no ACH record: >-
    line IS NOT NULL AND NOT matches(line, '^(1[0-9 ]{2}|[58][0-9 ]{3}|6|7[0-9]{2}|9[0-9 ]{9})')
  an entry outside any batch: >-
    line LIKE '6%' AND batch_header IS NULL
  an entry that is cut off: >-
    line LIKE '6%' AND length(line) < 94
  an international, administrative or corrected entry, laid out otherwise: >-
    line LIKE '6%' AND substr(batch_header, 51, 3) IN ('IAT', 'ADV', 'COR')
  a debit, a prenote or a return, which is no pay: >-
    line LIKE '6%' AND (substr(line, 2, 2) NOT IN ('22', '32') OR whole(substr(line, 30, 10)) = 0)
adds: >-
  matches(line, '^[15789]')
ignores:
  - ADVBatches
  - IATBatches
  - NotificationOfChange
  - ReturnEntries
  - fileADVControl
  - fileControl
  - id
  - validateOpts
into: [payment, payee]
*/
-- The employer's number of the person need not be given: the name stands for it then. Columns by NACHA's layout; also read as JSON, one document a file, as moov writes it.
-- first: entry
SELECT
  item, CAST(NULL AS VARCHAR) AS part, substr(line, 4, 9) AS routing, trim(substr(line, 13, 17)) AS account, whole(substr(line, 30, 10)) AS cents,
  coalesce(nullif(trim(substr(line, 40, 15)), ''), nullif(trim(substr(line, 55, 22)), '')) AS worker_id, nullif(trim(substr(line, 55, 22)), '') AS holder, trim(substr(line, 80, 15)) AS trace,
  coalesce(
    day_of('20' || substr(batch_header, 70, 2) || '-' || substr(batch_header, 72, 2) || '-' || substr(batch_header, 74, 2)),
    day_of('20' || substr(file_header, 24, 2) || '-' || substr(file_header, 26, 2) || '-' || substr(file_header, 28, 2))) AS paid_on
FROM raw
WHERE line LIKE '6%'
UNION ALL
SELECT
  item, json_text(header, '$.batchNumber') || '/' || CAST(e.n AS VARCHAR), json_text(e.piece, '$.RDFIIdentification') || json_text(e.piece, '$.checkDigit'),
  trim(json_text(e.piece, '$.DFIAccountNumber')), whole(json_text(e.piece, '$.amount')), coalesce(nullif(trim(json_text(e.piece, '$.identificationNumber')), ''), nullif(trim(json_text(e.piece, '$.individualName')), '')),
  nullif(trim(json_text(e.piece, '$.individualName')), ''), json_text(e.piece, '$.traceNumber'),
  coalesce(day_of(json_text(header, '$.effectiveEntryDate')), day_of('20' || substr(json_text(header, '$.effectiveEntryDate'), 1, 2) || '-' || substr(json_text(header, '$.effectiveEntryDate'), 3, 2)
    || '-' || substr(json_text(header, '$.effectiveEntryDate'), 5, 2)))
FROM (
  SELECT item, json_text(b.piece, '$.batchHeader') AS header, explode(pieces(json_text(b.piece, '$.entryDetails'))) AS e
  FROM (SELECT item, explode(pieces(batches)) AS b FROM raw) AS batch) AS detail
WHERE json_text(e.piece, '$.transactionCode') IN ('22', '32') AND whole(json_text(e.piece, '$.amount')) > 0 AND coalesce(json_text(header, '$.standardEntryClassCode'), '') NOT IN ('IAT', 'ADV', 'COR')

-- into: payment
SELECT item, part, concat_ws('/', CAST(paid_on AS VARCHAR), routing, trace) AS payment_id, worker_id, paid_on, cents / 100e0 AS amount, 'USD' AS currency, routing || account AS account_token
FROM entry

-- into: payee
SELECT item, part, worker_id, paid_on AS valid_from, 'ach' AS method, routing AS routing_number, routing || account AS account_token, holder AS holder_name, 'US' AS country
FROM entry
