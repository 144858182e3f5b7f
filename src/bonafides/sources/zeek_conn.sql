/*
id: zeek_conn
title: Zeek conn.log (JSON)
vendor_page: https://docs.zeek.org/en/master/logs/conn.html
format: jsonl
columns:
  ts: VARCHAR
  uid: VARCHAR
  "\"id.orig_h\"": VARCHAR
  "\"id.resp_h\"": VARCHAR
  "\"id.resp_p\"": BIGINT
  orig_bytes: BIGINT
  resp_bytes: BIGINT
item_id: [uid]
set_aside:
  no originating host: >-
    id_orig_h IS NULL
adds:
ignores:
  - _path
  - _write_ts
  - _system_name
  - community_id
  - conn_state
  - duration
  - history
  - id.orig_p
  - inner_vlan
  - ip_proto
  - local_orig
  - local_resp
  - missed_bytes
  - orig_cc
  - orig_ip_bytes
  - orig_l2_addr
  - orig_pkts
  - proto
  - resp_cc
  - resp_ip_bytes
  - resp_l2_addr
  - resp_pkts
  - service
  - tunnel_parents
  - vlan
into: [connection]
*/
-- into: connection
-- Zeek knows computers by their address inside the network: device lists must hold it as id or host name.
SELECT item, instant(ts) AS occurred_at, id_orig_h AS device_id, id_resp_h AS dst_ip, id_resp_p AS dst_port, orig_bytes AS out_bytes, resp_bytes AS in_bytes
FROM raw
