/*
id: zeek_dns
title: Zeek dns.log (JSON)
vendor_page: https://docs.zeek.org/en/master/logs/dns.html
format: jsonl
columns:
  ts: VARCHAR
  uid: VARCHAR
  "\"id.orig_h\"": VARCHAR
  "\"id.resp_h\"": VARCHAR
  trans_id: VARCHAR
  query: VARCHAR
  answers: JSON
item_id: [uid+trans_id+ts]
set_aside:
  no originating host: >-
    id_orig_h IS NULL
  nothing asked: >-
    query IS NULL
adds:
ignores:
  - AA
  - RA
  - RD
  - TC
  - TTLs
  - Z
  - _path
  - _write_ts
  - _system_name
  - id.orig_p
  - id.resp_p
  - proto
  - qclass
  - qclass_name
  - qtype
  - qtype_name
  - rcode
  - rcode_name
  - rejected
  - rtt
  - opcode
  - opcode_name
into: [connection]
*/
-- into: connection
SELECT item, instant(ts) AS occurred_at, id_orig_h AS device_id, lower(query) AS dst_host, part_of(json_text(answers, '$[0]'), '^([0-9.]+)$') AS dst_ip, 53 AS dst_port
FROM raw
