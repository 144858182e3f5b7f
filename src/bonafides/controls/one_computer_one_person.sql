/*
id: one_computer_one_person
title: One person on each computer
asks: Let nobody but its holder sign in on a computer.
claim: custody
needs: [sign_in.device_id, device.device_id]
refs:
  - FBI PSA 240516 (2024-05-16)
*/
WITH seen AS (
  SELECT DISTINCT company, device_id, subject_id FROM sign_in WHERE subject_id IS NOT NULL),
users AS (SELECT company, device_id, count(*) AS people FROM seen GROUP BY company, device_id)
SELECT s.company, s.subject_id, u.people = 1 AS holds
FROM seen AS s JOIN users AS u ON u.company = s.company AND u.device_id = s.device_id
JOIN device AS d ON d.company = s.company AND s.device_id IN (d.device_id, d.directory_id)
