/*
id: firm_paid_for_several
title: One firm, undeclared, takes the pay of several people
claim: payee
basis: payee
says: "Since {first_at} the pay goes to a firm whose name stands on the accounts of {others} other people as well; none of them declares it as agency, and none was ever met in person."
benign:
  - an umbrella or payroll company that nobody entered in HR
  - partners who own a company together
  - a professional employer of a group of firms
resolve: ask for the firm's registration, its owner, and a letter of its bank
reads: [payee, subject]
needs: [payee.holder_name]
weights: {elsewhere: 0, overextended: 2, hijacked: 0, stand_in: 8}
why: >
  Shell companies with bank accounts took the wages in the largest case; the catalogue gives a payee firm of which two such things are true a likelihood
  ratio of 10 (4 to 35). Firms are told by their words. A declared agency of that name explains it, and so does any of its people whom somebody met:
  umbrella companies have many honest ones. Beyond ten people it is worth half.
group: payee-graph
state: live
catalogue: [pay-entity-third-party]
attack: [T1585, T1657]
refs:
  - "US Department of Justice: press release (2025-06-30)"
*/
WITH firm AS (
  SELECT p.company, p.subject_id, p.valid_from, p.event_ref, trim(replace(replace(translate(folded(p.holder_name), '-.,/&()''’', '       '), '  ', ' '), '  ', ' ')) AS name, coalesce(s.person, s.company || '/' || s.subject_id) AS who, s.is_vouched,
         coalesce(s.agency, '') AS agency
  FROM payee AS p JOIN subject AS s ON s.company = p.company AND s.subject_id = p.subject_id
  WHERE matches(translate(folded(p.holder_name), '-.,/&()''’', '       '), '(^| )(llc|inc|ltd|limited|gmbh|corp|corporation|company|co|llp|lp|plc|pty|sarl|bv|consulting|solutions|services|studio|labs|technologies|systems|group|partners|holdings)( |$)')),
spread AS (
  SELECT name, count(DISTINCT who) AS people, bool_or(is_vouched) AS is_met, bool_or(agency <> '' AND substr(agency, 1, 5) = substr(name, 1, 5)) AS is_agency FROM firm GROUP BY name)
SELECT f.company, f.subject_id, CAST(min(f.valid_from) AS TIMESTAMP) AS first_at, CAST(max(f.valid_from) AS TIMESTAMP) AS last_at, CASE WHEN max(s.people) > 10 THEN 0.5 ELSE 1.0 END AS strength,
       CAST(NULL AS VARCHAR) AS value, max(s.people) - 1 AS others, min(f.event_ref) AS ref
FROM firm AS f JOIN spread AS s ON s.name = f.name
WHERE s.people >= 2 AND NOT s.is_met AND NOT s.is_agency
GROUP BY f.company, f.subject_id
