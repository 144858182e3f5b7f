/*
id: windows_setupapi
title: Windows setupapi.dev.log
vendor_page: https://learn.microsoft.com/en-us/windows-hardware/drivers/install/setupapi-device-installation-log-entries
format: lines
columns:
  line: VARCHAR
  file: VARCHAR
  heading: VARCHAR
opens:
  heading: "^>>>\\s+\\[Device Install"
item_id:
set_aside:
  a file that does not name its computer: >-
    lower(file) LIKE 'setupapi%' OR file NOT LIKE '%.log'
  a device that is neither on USB nor a disk of one: >-
    line LIKE '>>>  Section start%' AND NOT matches(coalesce(heading, ''), 'USB.VID_|USBSTOR#|USBSTOR.Disk')
adds: >-
  (heading IS NOT NULL AND line NOT LIKE '>>>  Section start%') OR (heading IS NULL AND (line LIKE '[%' OR matches(line, '^(OS Version|Service Pack|Suite|ProductType|Architecture) =')))
ignores: []
into: [peripheral]
*/
-- A section's header names what was installed, the line after it when, in the computer's local time without a zone: taken for UTC, so
-- hours may be off by the zone, days hardly. The log does not name its computer: the file must, as <host>.log.
-- first: started
SELECT
  item, replace(replace(part_of(line, 'Section start ([0-9/]+ [0-9:.]+)'), '/', '-'), '  ', ' ') AS at_text, upper(heading) AS what,
  part_of(file, '^(.+?)([.]dev)?[.]log$') AS host
FROM raw
WHERE line LIKE '>>>  Section start%'

-- into: peripheral
SELECT
  item, instant(at_text) AS occurred_at, host AS device_id, 'usb' AS bus, part_of(what, 'VID_([0-9A-F]{4})') AS vendor_id, part_of(what, 'PID_([0-9A-F]{4})') AS product_id,
  part_of(what, 'VEN_([^&#]*)') AS vendor, part_of(what, 'PROD_([^&#]*)') AS product,
  coalesce(part_of(what, 'PID_[0-9A-F]{4}[^\\]*\\([^&\]#]+)\]'), part_of(what, 'REV_[^#\\]*[#\\]([^&#\]]+)')) AS serial
FROM started
