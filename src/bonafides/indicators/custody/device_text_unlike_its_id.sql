/*
id: device_text_unlike_its_id
title: A keyboard or mouse that calls itself as nobody else's of its number does
claim: custody
basis: physical
says: "A device that says it is number {number} calls itself as no other such device does: {people} other people's of that number all bear another name."
benign:
  - a copy of a well-known device, as cheap cables and docks carry
  - a new firmware that changed the name
  - another system that writes the name in its own way
resolve: ask for a picture of what is plugged in, and look at it in a live call
reads: [peripheral, device]
needs: [peripheral.product, peripheral.interface_classes]
weights: {elsewhere: 3, overextended: 3, hijacked: 0, stand_in: 5}
why: >
  A box that acts as keyboard and mouse from afar borrows a well-known maker's number and seldom gets all texts right; the catalogue gives a known pair
  of such texts a likelihood ratio of 25 (6 to 80), and a merely unusual one is worth less. What is usual is learnt within one operating system, over
  ten people and more of whom nine in ten have one text.
group: kvm
state: live
catalogue: [work-ipkvm-spoofed-identity]
attack: [T1200]
refs:
  - "JetKVM source: preset names (2025-07-01)"
*/
WITH os AS (SELECT company, subject_id, max(lower(split_part(trim(os), ' ', 1))) AS os FROM device GROUP BY company, subject_id),
named AS (
  SELECT p.company, p.subject_id, coalesce(o.os, '') || ' ' || upper(p.vendor_id) || ':' || upper(p.product_id) AS id, upper(p.vendor_id) || ':' || upper(p.product_id) AS number,
         lower(trim(coalesce(p.vendor, '') || ' ' || p.product)) AS said, p.occurred_at, p.event_ref
  FROM peripheral AS p LEFT JOIN os AS o ON o.company = p.company AND o.subject_id = p.subject_id
  WHERE matches(coalesce(p.interface_classes, ''), '(^|;)03') AND p.product IS NOT NULL),
spread AS (SELECT id, said, count(DISTINCT company || '/' || subject_id) AS people FROM named GROUP BY id, said),
usual AS (SELECT id, sum(people) AS people, max(people) AS most FROM spread GROUP BY id)
SELECT n.company, n.subject_id, min(n.occurred_at) AS first_at, max(n.occurred_at) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value, max(n.number) AS number,
       max(u.most) AS people, min(n.event_ref) AS ref
FROM named AS n JOIN spread AS s ON s.id = n.id AND s.said = n.said JOIN usual AS u ON u.id = n.id
WHERE s.people = 1 AND u.most >= 10 AND u.most * 10 >= u.people * 9
GROUP BY n.company, n.subject_id
