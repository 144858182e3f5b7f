/*
id: transfer_out
title: An unusual amount sent to personal storage
claim: stewardship
basis: behaviour
says: "On {day} the company's computer sent {megabytes} megabytes to file storage that is not the company's ({value}); in the 30 days before, such days had {usual} megabytes."
benign:
  - own photographs or a backup of own documents
  - a large file for a customer or supplier
  - storage that the company uses without having said so
resolve: ask what was sent, and look at the files opened before
reads: [tool_use, sighting]
needs: [connection.dst_host, connection.out_bytes]
weights: {elsewhere: 0, overextended: 1, hijacked: 4, stand_in: 4}
why: >
  What is taken has to leave, mostly by common storage. The catalogue gives more than 100 megabytes and five times the person's own custom a likelihood ratio of
  5 (2 to 15), taken low, for the pattern is every leaver's. Somebody without such days before has no custom: half a gigabyte is asked for.
group: exfil
state: live
catalogue: [exfil-personal-cloud]
attack: [T1567.002]
refs:
  - FBI PSA 250123 (2025-01-23)
*/
WITH place AS (
  SELECT t.company, g.value FROM tool_use AS t JOIN sighting AS g ON g.company = t.company AND g.subject_id = t.subject_id AND g.via = 'connection:dst_host' AND g.first_ref = t.first_ref
  WHERE t.tool_class = 'transfer' AND NOT t.is_standard
  UNION
  SELECT t.company, g.value FROM tool_use AS t JOIN sighting AS g ON g.company = t.company AND g.subject_id = t.subject_id AND g.via = 'connection:dst_host' AND g.last_ref = t.last_ref
  WHERE t.tool_class = 'transfer' AND NOT t.is_standard),
sent AS (
  SELECT g.company, g.subject_id, g.day, sum(g.amount) AS bytes, max_by(g.value, in_order(g.amount, g.value)) AS host, min(g.first_at) AS first_at, max(g.last_at) AS last_at, min(g.first_ref) AS ref
  FROM sighting AS g JOIN place AS p ON p.company = g.company AND p.value = g.value AND g.via = 'connection:dst_host'
  GROUP BY g.company, g.subject_id, g.day),
before AS (
  SELECT s.company, s.subject_id, s.day, s.bytes, s.host, s.first_at, s.last_at, s.ref, coalesce(median(o.bytes), 1e8) AS usual, count(o.day) AS days_before
  FROM sent AS s LEFT JOIN sent AS o ON o.company = s.company AND o.subject_id = s.subject_id AND days_between(o.day, s.day) BETWEEN 1 AND 30
  GROUP BY s.company, s.subject_id, s.day, s.bytes, s.host, s.first_at, s.last_at, s.ref)
SELECT company, subject_id, max_by(first_at, in_order(bytes, day)) AS first_at, max_by(last_at, in_order(bytes, day)) AS last_at,
       CASE WHEN max(bytes) >= 2e9 THEN 1.0 WHEN max(bytes) >= 5e8 THEN 0.7 ELSE 0.4 END AS strength, max_by(host, in_order(bytes, day)) AS value,
       max_by(day, in_order(bytes, day)) AS day, CAST(floor(max(bytes) / 1e6) AS BIGINT) AS megabytes,
       CAST(floor(max_by(CASE WHEN days_before = 0 THEN 0.0 ELSE usual END, in_order(bytes, day)) / 1e6) AS BIGINT) AS usual, max_by(ref, in_order(bytes, day)) AS ref
FROM before WHERE bytes >= 1e8 AND bytes >= 5 * usual GROUP BY company, subject_id
