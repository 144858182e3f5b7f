/*
id: one_computer_two_companies
title: A computer that two companies have in their lists
claim: custody
basis: physical
says: "The serial number of this person's computer is also that of a computer of {others} people at {companies} other companies."
benign:
  - a leased or refurbished computer that changed hands
  - a serial number typed wrongly, or a filler of the maker
  - companies of one group with one pool
resolve: compare the serial number on the computer itself, in a live call
reads: [tie]
needs: [device.serial | shipment.serial]
weights: {elsewhere: 0, overextended: 6, hijacked: 0, stand_in: 10}
why: >
  A computer is one company's; where another company's list or parcel names it too, somebody enrolled it twice, or what should have been sent back was sold on to the next post.
  Leasing explains most of it, so the tie's estimated weight scales it.
group: device-mode
state: live
catalogue: [network-repeat-device-serial-marketplace]
attack: []
refs: []
*/
WITH ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, value, weight, first_at, last_at, a_ref AS ref
  FROM tie WHERE kind = 'device_serial' AND explained_by IS NULL AND a_company <> b_company
  UNION ALL
  SELECT b_company, b, a_company, a, value, weight, first_at, last_at, b_ref FROM tie WHERE kind = 'device_serial' AND explained_by IS NULL AND a_company <> b_company)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, max(weight) / 14e0 AS strength, max_by(value, in_order(weight, value)) AS value,
       count(DISTINCT other_company || '/' || other) AS others, count(DISTINCT other_company) AS companies, min(ref) AS ref
FROM ends GROUP BY company, subject_id
