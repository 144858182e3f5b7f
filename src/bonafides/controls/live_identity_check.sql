/*
id: live_identity_check
title: A live check of identity at hiring
asks: Check the identity of everybody who works remotely in person, before a notary or in a live call, when they are hired.
claim: identity
needs: [verification.kind]
refs:
  - FBI PSA 250723-4 (2025-07-23)
  - FBI PSA 240516 (2024-05-16)
*/
SELECT s.company, s.subject_id, coalesce(bool_or(lower(v.kind) IN ('in_person', 'notary', 'live_video', 'badge') AND lower(v.outcome) = 'pass'), false) AS holds
FROM subject AS s LEFT JOIN verification AS v ON v.company = s.company AND v.subject_id = s.subject_id
WHERE s.subject_kind = 'worker' AND coalesce(lower(s.work_arrangement), 'remote') <> 'onsite' GROUP BY s.company, s.subject_id
