/*
id: payee_named_as_listed
title: An account's holder has a name that a list of sanctions has
claim: payee
basis: history
says: "Since {first_at} pay goes to an account whose holder's name is like one that {list} of {dated_on} has (entry {entry}, likeness {likeness} of 100); a name alone says next to nothing."
benign:
  - people and firms of one name, which is what most such likenesses are
  - a spelling that many names share
resolve: compare what the list says besides the name with papers, through counsel, the same for everybody
reads: [listed, sanctions_list]
needs: [payee.holder_name, sanctions_list.list]
weights: {elsewhere: 0, overextended: 0, hijacked: 0, stand_in: 1}
why: >
  Names repeat, in some languages far more than in others, so a name may never weigh more than a hint, whatever the likeness: one deciban, which moves
  nobody up a tier. It is shown because the law asks who is paid.
group: payee-graph
state: live
catalogue: [network-vendor-front]
attack: []
refs:
  - "OFAC: list of specially designated nationals"
*/
SELECT l.company, l.subject_id, min(l.first_at) AS first_at, max(l.last_at) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value, max_by(l.list, in_order(l.likeness, l.list)) AS list,
       max_by(s.dated_on, in_order(l.likeness, l.list)) AS dated_on, max_by(l.entry, in_order(l.likeness, l.list)) AS entry, max(l.likeness) AS likeness, min(l.ref) AS ref
FROM listed AS l JOIN sanctions_list AS s ON s.list = l.list
WHERE l.what = 'name' GROUP BY l.company, l.subject_id
