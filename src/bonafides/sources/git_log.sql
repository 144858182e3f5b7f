/*
id: git_log
title: Git history, exported with git log
vendor_page: https://git-scm.com/docs/git-log
format: jsonl
columns:
  repository: VARCHAR
  commit: VARCHAR
  author_name: VARCHAR
  author_email: VARCHAR
  authored: VARCHAR
  committed: VARCHAR
  signing_key: VARCHAR
item_id: [commit+repository]
set_aside:
  no commit: commit IS NULL
  author has no address: coalesce(author_email, '') NOT LIKE '%@%'
adds:
ignores: []
into: [commit]
*/

-- One line a commit: JSON with the fields above, or the fields in this order with the unit separator between:
-- git log --all --format='<repository>%x1f%H%x1f%an%x1f%ae%x1f%aI%x1f%cI%x1f%GF'

-- first: told
SELECT *, part_of(coalesce(authored, committed), '([+-][0-9]{2}:?[0-9]{2}|Z)$') AS zone
FROM raw

-- into: commit
SELECT
  item,
  coalesce(instant(committed), instant(authored)) AS occurred_at,
  repository,
  author_name,
  lower(author_email) AS author_email,
  CASE
    WHEN zone = 'Z' THEN 0
    ELSE
      CASE WHEN zone LIKE '-%' THEN -1 ELSE 1 END
      * (60 * whole(part_of(zone, '^.([0-9]{2})')) + whole(part_of(zone, '([0-9]{2})$')))
  END AS utc_offset_minutes,
  signing_key
FROM told
