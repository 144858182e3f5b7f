/*
id: one_id_two_lives
title: One government id, two engagements with nothing else in common
claim: identity
basis: identity
says: "The same government id is engaged at {companies} other companies in the same months from a home {km} km away, and no telephone, mailbox, account, address or line of the two is the same."
benign:
  - somebody with two jobs who keeps them wholly apart and moved in between
  - a number mistyped at one of the companies
  - the rightful owner of an id that somebody else misuses
resolve: have the issuer or a notary check the document, at both companies and in confidence
reads: [subject, sighting, worker]
needs: [worker.government_id_token, subject.latitude, worker.phone | worker.personal_email | payee.account_token]
weights: {elsewhere: 0, overextended: 5, hijacked: 0, stand_in: 8}
why: >
  The ids that the scheme uses belong to real people, who work too: over eighty in one public case, sixty-eight in another. Somebody with two jobs has one
  telephone, bank and home for both, as a rule; so one id in two places at once is judged only where two kinds of such things are known on both sides and not
  one value is shared. Homes lie over 150 km apart and the engagements overlap by two months. Either may be the owner, so it counts moderately for both.
group: identity-proof
state: live
catalogue: [network-identity-overlap-with-fraud-tables]
attack: [T1656]
refs:
  - sentencing papers on a farm of over 90 computers, by press (2025)
*/
WITH papers AS (SELECT DISTINCT company, subject_id FROM worker WHERE government_id_token IS NOT NULL),
pair AS (
  SELECT a.company, a.subject_id, b.company AS other_company, b.subject_id AS other, a.first_at, a.last_at, km(a.latitude, a.longitude, b.latitude, b.longitude) AS away
  FROM subject AS a JOIN subject AS b ON b.person = a.person AND b.company <> a.company AND a.latitude + b.latitude IS NOT NULL
  -- Who is known as one person by other things gave no id that could be another's.
  JOIN papers AS g ON g.company = a.company AND g.subject_id = a.subject_id
  JOIN papers AS h ON h.company = b.company AND h.subject_id = b.subject_id
  WHERE km(a.latitude, a.longitude, b.latitude, b.longitude) > 150
    AND days_between(greatest(a.started_on, b.started_on), least(coalesce(a.ended_on, a.last_at), coalesce(b.ended_on, b.last_at))) >= 60),
held AS (SELECT DISTINCT company, subject_id, kind, value FROM sighting WHERE kind IN ('phone', 'email', 'bank_account', 'wallet', 'postal_address', 'ip')),
known AS (SELECT DISTINCT company, subject_id, kind FROM held WHERE kind IN ('phone', 'email', 'bank_account')),
both_known AS (
  SELECT p.company, p.subject_id, p.other_company, p.other, p.first_at, p.last_at, p.away
  FROM pair AS p
  JOIN known AS x ON x.company = p.company AND x.subject_id = p.subject_id
  JOIN known AS y ON y.company = p.other_company AND y.subject_id = p.other AND y.kind = x.kind
  GROUP BY p.company, p.subject_id, p.other_company, p.other, p.first_at, p.last_at, p.away HAVING count(*) >= 2),
common AS (
  SELECT DISTINCT p.company, p.subject_id, p.other_company, p.other
  FROM pair AS p
  JOIN held AS x ON x.company = p.company AND x.subject_id = p.subject_id
  JOIN held AS y ON y.company = p.other_company AND y.subject_id = p.other AND y.kind = x.kind AND y.value = x.value)
SELECT p.company, p.subject_id, min(p.first_at) AS first_at, max(p.last_at) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value,
       count(DISTINCT p.other_company) AS companies, round(min(p.away)) AS km, min(w.event_ref) AS ref
FROM both_known AS p
JOIN worker AS w ON w.company = p.company AND w.subject_id = p.subject_id
LEFT JOIN common AS c ON c.company = p.company AND c.subject_id = p.subject_id AND c.other_company = p.other_company AND c.other = p.other
WHERE c.company IS NULL
GROUP BY p.company, p.subject_id
