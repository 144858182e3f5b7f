/*
id: applied_from_one_line
title: Applications of several people from one line
claim: authorship
basis: network
says: "From the line of this application {others} other people applied or were interviewed as well, at {companies} companies."
benign:
  - flatmates or a couple who look for work at the same time
  - an agency or a library where many apply
  - a line that the provider leased to somebody else within two months
resolve: ask in a live call where the person lives and who else there is looking for work
reads: [sighting, subject, value_fact]
needs: [application.ip | interview.ip, value_fact.network]
weights: {elsewhere: 1, overextended: 2, hijacked: 0, stand_in: 6}
why: >
  Whoever applies under many names does it from few desks; the catalogue gives one uncommon source of several people a likelihood ratio of 7 (2 to 25).
  On homes' lines two months count, on anonymisers' exits only the same hour, and that for a third, since strangers meet there. One claimed home, one
  declared agency or one person explains it; companies', carriers' and schools' lines do not count.
group: lan-cohabitation
state: live
catalogue: [apply-shared-network]
attack: []
refs:
  - FBI PSA 240516 (2024-05-16)
  - Microsoft on applications of IT workers (2025-06-30)
*/
WITH seen AS (
  SELECT g.company, g.subject_id, g.value, g.first_at, g.first_ref, coalesce(s.person, s.company || '/' || s.subject_id) AS who, s.address, s.agency, f.network
  FROM sighting AS g
  JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
  JOIN value_fact AS f ON f.kind = g.kind AND f.value = g.value
  WHERE g.via IN ('application:ip', 'interview:ip') AND f.infrastructure_of IS NULL AND f.network IN ('residential', 'proxy', 'hosting')),
met AS (
  SELECT x.company, x.subject_id, x.value, x.first_at, x.first_ref AS ref, y.first_ref AS ref_2, y.who, y.company AS other_company, CASE WHEN x.network = 'residential' THEN 1.0 ELSE 0.3 END AS strength
  FROM seen AS x JOIN seen AS y ON y.value = x.value
  WHERE y.who <> x.who AND coalesce(y.address <> x.address, true) AND coalesce(y.agency <> x.agency, true)
    AND abs(minutes_between(x.first_at, y.first_at)) <= CASE WHEN x.network = 'residential' THEN 86400 ELSE 60 END)
SELECT company, subject_id, min(first_at) AS first_at, max(first_at) AS last_at, max(strength) AS strength, max_by(value, in_order(strength, value)) AS value,
       count(DISTINCT who) AS others, count(DISTINCT other_company) AS companies, min(ref) AS ref, min(ref_2) AS ref_2
FROM met GROUP BY company, subject_id
