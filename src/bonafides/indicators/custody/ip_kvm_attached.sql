/*
id: ip_kvm_attached
title: A device for remote control by network is attached
claim: custody
basis: physical
says: "{seen} was attached to the company's computer ({times} times since {first_at}); it announces itself as {product}."
benign:
  - somebody with a home laboratory who tried the device on a work computer
  - a server room or test bench computer
  - a developer with a single-board computer in gadget mode
resolve: ask to show the computer and everything attached to it in a live call
reads: [attached, peripheral]
needs: [peripheral.product | peripheral.vendor_id]
weights: {elsewhere: 5, overextended: 4, hijacked: 0, stand_in: 16}
why: >
  Whoever works through somebody else's computer without leaving software on it needs a device that plays keyboard and screen; the catalogue
  gives its own name on the bus a likelihood ratio of 40 (12 to 150) and its monitor 30. People who hide where they are use the same devices.
  Seen once it may have been tried once, so a single day counts for less (six tenths) where the person's computers told of other things later; where they did not, a log that tells only of plugging in
  shows what stays in once as well (nine tenths). Presets of low confidence are what ordinary keyboards say too and are left
  to kvm_class_combination, which asks what else the same thing offers.
group: kvm
state: live
catalogue: [work-ipkvm-usb-default, work-ipkvm-edid]
attack: [T1219, T1200]
refs:
  - source code of the devices (strings and ids), 2025 and 2026
*/
WITH known AS (
  SELECT company, subject_id, seen, product, n, first_at, last_at, first_ref, last_ref,
         CASE confidence WHEN 'high' THEN 1.0 WHEN 'medium' THEN 0.6 ELSE 0.2 END AS sure
  FROM attached WHERE rule IN ('kvm_name', 'kvm_display') OR (rule = 'kvm_preset' AND confidence <> 'low')),
person AS (
  SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, max(sure) AS sure, max_by(seen, in_order(sure, seen)) AS seen,
         max_by(product, in_order(sure, seen)) AS product, sum(n) AS times, min(first_ref) AS ref, max(last_ref) AS ref_2
  FROM known GROUP BY company, subject_id),
told AS (SELECT company, subject_id, max(CAST(occurred_at AS DATE)) AS until_on FROM peripheral GROUP BY company, subject_id)
SELECT p.company, p.subject_id, p.first_at, p.last_at,
       p.sure * CASE WHEN CAST(p.first_at AS DATE) < CAST(p.last_at AS DATE) THEN 1.0 WHEN t.until_on > CAST(p.last_at AS DATE) THEN 0.6 ELSE 0.9 END AS strength,
       p.seen AS value, p.seen, p.product, p.times, p.ref, p.ref_2
FROM person AS p LEFT JOIN told AS t ON t.company = p.company AND t.subject_id = p.subject_id
