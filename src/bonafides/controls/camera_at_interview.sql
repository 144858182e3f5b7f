/*
id: camera_at_interview
title: Interviews with the camera on
asks: Interview on camera, and look whether the same person comes each time.
claim: identity
needs: [interview.camera_on_seconds]
refs:
  - FBI PSA 240516 (2024-05-16)
  - FBI PSA 250723-4 (2025-07-23)
*/
SELECT company, subject_id, bool_or(camera_on_seconds > 0) AS holds
FROM interview GROUP BY company, subject_id
