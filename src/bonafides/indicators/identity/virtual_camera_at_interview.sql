/*
id: virtual_camera_at_interview
title: A camera made of software at the interview
claim: identity
basis: behaviour
says: "At {n} interviews the candidate's camera was {camera}, a program that can show what it is given."
benign:
  - a streamer or teacher who always uses one
  - a background or light filter that the reference list does not know as one
  - a camera of a telephone joined by such a program
resolve: ask for a call with the plain camera, and offer help to set it up
reads: [attached]
needs: [interview.camera_device]
weights: {elsewhere: 0, overextended: 1, hijacked: 0, stand_in: 4}
why: >
  Whoever shows another face needs a program between camera and call, and cases name them; so do many who teach, stream or blur their room. The catalogue gives it 3 (1.5 to 8);
  never more than a hint without the person's own check.
group: video
state: live
catalogue: [interview-virtual-camera]
attack: []
refs:
  - Secureworks case, by press (2024-10-18)
*/
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, CASE WHEN sum(n) > 1 THEN 1.0 ELSE 0.7 END AS strength, CAST(NULL AS VARCHAR) AS value,
       sum(n) AS n, max(seen) AS camera, min(first_ref) AS ref
FROM attached WHERE rule = 'virtual_camera'
GROUP BY company, subject_id
