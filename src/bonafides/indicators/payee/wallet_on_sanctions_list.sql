/*
id: wallet_on_sanctions_list
title: Pay goes to a wallet that a list of sanctions names
claim: payee
basis: payee
says: "Since {first_at} pay goes to a wallet that {list} of {dated_on} names (entry {entry}); a match of wallets is a matter for counsel before anything else."
benign:
  - an exchange's or mixer's wallet that many used
  - a list that has been corrected since
resolve: stop payment and call counsel; then ask whose wallet it is
reads: [listed, sanctions_list]
needs: [payee.wallet, sanctions_list.list]
weights: {elsewhere: 0, overextended: 2, hijacked: 8, stand_in: 17}
why: >
  A wallet is the same or it is not, and lists name those to which such wages went; the catalogue gives a match with an enforcement list a likelihood
  ratio of 60 (15 to 300).
group: payee-graph
state: live
catalogue: [network-vendor-front]
attack: [T1657]
refs:
  - "OFAC: list of specially designated nationals"
*/
SELECT l.company, l.subject_id, min(l.first_at) AS first_at, max(l.last_at) AS last_at, 1.0 AS strength, max(l.value) AS value, max_by(l.list, in_order(s.dated_on, l.list)) AS list,
       max(s.dated_on) AS dated_on, max_by(l.entry, in_order(s.dated_on, l.list)) AS entry, min(l.ref) AS ref
FROM listed AS l JOIN sanctions_list AS s ON s.list = l.list
WHERE l.what = 'wallet' GROUP BY l.company, l.subject_id
