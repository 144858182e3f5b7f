/*
id: shared_signing_key
title: One private key signs for several people
claim: authorship
basis: identity
says: The key that signs this person's commits also signs for {others} other people at {companies} companies.
benign:
  - a build machine, bot or code host that signs for many
  - a key copied with a colleague's settings, or two people at one computer
  - one person under two engagements whose papers nobody compared
resolve: ask who made the key and on which computer it lies
reads: [tie]
needs: [commit.signing_key]
weights: {elsewhere: 0, overextended: 4, hijacked: 0, stand_in: 14}
why: >
  A private key is made to stay in one hand. An operator who works under several names, or a team that passes on its set-up, signs with one key under several
  names, and companies that never compared notes cannot see it. The tie's estimated weight scales it, which is how build machines' keys inside one
  company come to count little. Somebody who does another's work for pay signs for both too.
group: code-graph
state: live
attack: []
refs: []
*/
WITH ends AS (
  SELECT a_company AS company, a AS subject_id, b_company AS other_company, b AS other, value, weight, first_at, last_at, a_ref AS ref
  FROM tie WHERE kind = 'signing_key' AND explained_by IS NULL
  UNION ALL
  SELECT b_company, b, a_company, a, value, weight, first_at, last_at, b_ref FROM tie WHERE kind = 'signing_key' AND explained_by IS NULL)
SELECT company, subject_id, min(first_at) AS first_at, max(last_at) AS last_at, max(weight) / 14e0 AS strength, max_by(value, in_order(weight, value)) AS value,
       count(DISTINCT other_company || '/' || other) AS others, count(DISTINCT other_company) AS companies, min(ref) AS ref
FROM ends GROUP BY company, subject_id
