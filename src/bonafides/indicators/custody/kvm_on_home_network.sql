/*
id: kvm_on_home_network
title: The computer talks to a remote keyboard and screen on its own network
claim: custody
basis: physical
says: "Since {first_at} the company's computer looked for {value} in its own network on {days} days."
benign:
  - a laboratory at home, with servers of the person's own
  - a travel router by the same maker
resolve: ask what the device is for, and to show the desk in a live call
reads: [connection]
needs: [connection.dst_host]
weights: {elsewhere: 5, overextended: 5, hijacked: 0, stand_in: 6}
why: >
  A box that brings keyboard and screen to somebody far away stands in the same network under its maker's name; the catalogue gives it a likelihood
  ratio of 6 (2 to 20), since people who run servers at home own them too. Only names without a public domain count: makers' pages are read by anybody.
group: kvm
state: live
catalogue: [work-ipkvm-network]
attack: [T1219]
refs:
  - runZero and Silent Push on KVM devices reachable from the internet (2025)
*/
SELECT company, subject_id, min(occurred_at) AS first_at, max(occurred_at) AS last_at, CASE WHEN count(DISTINCT CAST(occurred_at AS DATE)) >= 3 THEN 1.0 ELSE 0.5 END AS strength,
       min(lower(dst_host)) AS value, count(DISTINCT CAST(occurred_at AS DATE)) AS days, min(event_ref) AS ref
FROM connection
WHERE matches(lower(trim(dst_host)), '^(pikvm|tinypilot|jetkvm|glkvm|blikvm|nanokvm|kvm-[0-9a-f]{4})[a-z0-9-]*([.](local|lan|home|home[.]arpa|internal|localdomain|fritz[.]box))?[.]?$')
GROUP BY company, subject_id
