/*
id: commits_under_another_name
title: Most commits bear somebody else's name
claim: authorship
basis: behaviour
says: "{commits} of {all_commits} commits under the person's address are written by {author}, a full name that shares no part with any of the person's own."
benign:
  - a name after marriage, transition or adoption that HR does not have
  - a pen name
  - settings copied from a colleague, or a computer that two people used
  - commits of a customer or colleague that were brought in under one's own address
resolve: ask who wrote the commits, and under which name the person works
reads: [commit, worker, application]
needs: [commit.author_name, worker.family_name]
weights: {elsewhere: 0, overextended: 3, hijacked: 0, stand_in: 3}
why: >
  Whoever does the work has settings of their own, and forgets them on one computer of several. The catalogue has no figure for it; author's judgement, a
  likelihood ratio of 2. Handles, nicknames, initials and single words are innocent, and so is a name of which any part is in one of the person's names or addresses, or nearly
  (two letters apart). Names are compared only where both are written in plain Latin letters: how a name is put into another script is nobody's
  evidence. Names that tools put in by themselves are left out.
group: author-name
state: live
attack: []
refs: []
*/
WITH written AS (
  SELECT company, subject_id, folded(author_name) AS author, lower(author_email) AS account, count(*) AS commits, min(occurred_at) AS first_at,
         max(occurred_at) AS last_at, min(event_ref) AS ref, max(event_ref) AS ref_2
  FROM commit WHERE author_name IS NOT NULL GROUP BY company, subject_id, folded(author_name), lower(author_email)),
total AS (SELECT company, subject_id, sum(commits) AS all_commits FROM written GROUP BY company, subject_id),
full_name AS (
  SELECT *, part_of(author, '^([a-z]+)') AS first_word, part_of(author, '([a-z]+)$') AS last_word
  FROM written WHERE matches(author, '^[a-z]{2,}( [a-z.''-]+)* [a-z''-]{2,}$')
    AND NOT matches(author, '(^| )(your|name|user|root|admin|administrator|bot|build|builder|ci|deploy|release|test|team|service|actions?|runner|system|unknown)( |$)')),
own AS (
  SELECT company, subject_id, folded(given_name) AS given, folded(family_name) AS family,
         concat_ws(' ', folded(given_name), folded(family_name), split_part(lower(work_email), '@', 1), split_part(lower(personal_email), '@', 1)) AS known
  FROM worker
  UNION
  SELECT company, subject_id, folded(given_name), folded(family_name), concat_ws(' ', folded(given_name), folded(family_name), split_part(lower(email), '@', 1)) FROM application),
compared AS (
  SELECT f.company, f.subject_id, f.author, sum(f.commits) AS commits, min(f.first_at) AS first_at, max(f.last_at) AS last_at, min(f.ref) AS ref, max(f.ref_2) AS ref_2
  FROM full_name AS f
  WHERE NOT EXISTS (
    SELECT 1 FROM own AS o WHERE o.company = f.company AND o.subject_id = f.subject_id
      AND (NOT coalesce(matches(o.given, '^[a-z .''-]{2,}$') AND matches(o.family, '^[a-z .''-]{2,}$'), false)
           OR o.known LIKE '%' || f.first_word || '%' OR o.known LIKE '%' || f.last_word || '%' OR f.author LIKE '%' || part_of(o.given, '^([a-z]{3})') || '%'
           OR levenshtein(f.first_word, o.given) <= 2 OR levenshtein(f.last_word, o.family) <= 2))
  GROUP BY f.company, f.subject_id, f.author)
SELECT c.company, c.subject_id, min(c.first_at) AS first_at, max(c.last_at) AS last_at, 1.0 AS strength, max_by(c.author, in_order(c.commits, c.author)) AS value,
       sum(c.commits) AS commits, max(t.all_commits) AS all_commits, max_by(c.author, in_order(c.commits, c.author)) AS author, min(c.ref) AS ref, max(c.ref_2) AS ref_2
FROM compared AS c JOIN total AS t ON t.company = c.company AND t.subject_id = c.subject_id
GROUP BY c.company, c.subject_id HAVING sum(c.commits) >= 10 AND sum(c.commits) >= 0.5 * max(t.all_commits)
