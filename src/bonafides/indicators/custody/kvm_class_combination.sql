/*
id: kvm_class_combination
title: One thing that is keyboard, mouse and disk at once
claim: custody
basis: physical
says: "{seen} was attached to the company's computer ({times} times since {first_at}); one single thing offers input, and storage or sound or a picture, as remote-control devices do ({rule})."
benign:
  - a gaming keyboard with a disk for its own driver or a socket for headphones
  - a docking station or adapter that reports all its parts as one thing
  - a phone or single-board computer in gadget mode
resolve: ask to show the computer and everything attached to it in a live call
reads: [attached, peripheral]
needs: [peripheral.interface_classes]
weights: {elsewhere: 3, overextended: 2, hijacked: 0, stand_in: 8}
why: >
  A device that plays a keyboard and hands in start-up disks under a borrowed name still has to offer both functions on one plug. The catalogue gives
  it a likelihood ratio of 12 (4 to 40), found by one practitioner in one environment, so it counts at the cautious side. A model that six or more of the
  company's people and a twentieth of those watched have is the company's equipment: farms hold one to five computers of an employer.
group: kvm
state: live
catalogue: [work-ipkvm-usb-class-combo]
attack: [T1219, T1200]
refs:
  - chelmzy.tech, detecting spoofed IP-KVMs (2025)
*/
WITH watched AS (SELECT company, count(DISTINCT subject_id) AS people FROM peripheral GROUP BY company),
model AS (SELECT company, seen, count(DISTINCT subject_id) AS holders FROM attached GROUP BY company, seen)
SELECT a.company, a.subject_id, min(a.first_at) AS first_at, max(a.last_at) AS last_at,
       max(CASE a.confidence WHEN 'high' THEN 1.0 WHEN 'medium' THEN 0.7 ELSE 0.4 END) AS strength, max(a.seen) AS value,
       max(a.seen) AS seen, max_by(a.product, in_order(a.seen, a.product)) AS rule, sum(a.n) AS times, min(a.first_ref) AS ref, max(a.last_ref) AS ref_2
FROM attached AS a
JOIN watched AS w ON w.company = a.company
JOIN model AS m ON m.company = a.company AND m.seen = a.seen
WHERE a.rule = 'kvm_class' AND (m.holders < 6 OR m.holders < 0.05 * w.people)
GROUP BY a.company, a.subject_id
