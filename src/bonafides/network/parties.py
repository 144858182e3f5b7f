"""Who counts as one party: one person, one household by its own word, one declared agency.

Why: what people of one household share has one cause, their home; what one person's two engagements share has one
cause, the person.
"""

from collections import defaultdict

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from bonafides.store.engine import Engine

# More people than this claim one door only where flats share a street number or an institution houses them.
MOST_AT_HOME = 8
# So many people whose employers name the agency, before its account or door speaks for those whose employers do not.
NAMED_BY = 2

# Whose company names nobody's agency, though the account that pays them, or the door that their computer went to, is
# one that people of one agency, and of no other, declare elsewhere. Why: a column that nobody filled in is no denial.
_IMPLIED = f"""
WITH held AS (
  SELECT DISTINCT kind, value, company, subject_id FROM sighting
  WHERE kind IN ('bank_account', 'wallet') OR via IN ('shipment:address', 'shipment:redirect_address')),
declared AS (
  SELECT h.kind, h.value, min(s.agency) AS agency FROM held AS h
  JOIN subject AS s ON s.company = h.company AND s.subject_id = h.subject_id WHERE s.agency IS NOT NULL
  GROUP BY h.kind, h.value
  HAVING count(DISTINCT s.agency) = 1 AND count(DISTINCT coalesce(s.person, h.company || chr(31) || h.subject_id)) >= {NAMED_BY}),
silent AS (SELECT company FROM subject GROUP BY company HAVING count(agency) = 0)
SELECT h.company, h.subject_id, min(d.agency) AS agency FROM held AS h
JOIN declared AS d ON d.kind = h.kind AND d.value = h.value
JOIN silent AS n ON n.company = h.company
GROUP BY h.company, h.subject_id HAVING count(DISTINCT d.agency) = 1"""

# Every home that somebody claimed; of whom no claim is on record, where the company sent things. A door of which a town
# but no postal code is told counts as the one door of that street line and country whose code is.
_CLAIMED = """
WITH homes AS (
  SELECT DISTINCT company, subject_id, value FROM sighting
  WHERE kind = 'postal_address' AND via IN ('worker:address', 'application:address')),
sent AS (SELECT DISTINCT company, subject_id, value FROM sighting WHERE kind = 'postal_address' AND via = 'shipment:address'),
claimed AS (
  SELECT company, subject_id, value FROM homes
  UNION SELECT s.company, s.subject_id, s.value FROM sent AS s
  ANTI JOIN homes AS h ON h.company = s.company AND h.subject_id = s.subject_id),
door AS (
  SELECT value, split_part(value, '|', 1) AS line, split_part(value, '|', 3) AS country, split_part(value, '|', 2) LIKE '%, %' AS is_town
  FROM (SELECT DISTINCT value FROM claimed)),
coded AS (
  SELECT line, country, min(value) AS value FROM door WHERE NOT is_town GROUP BY line, country HAVING count(*) = 1)
SELECT DISTINCT c.company, c.subject_id, coalesce(k.value, c.value) AS value FROM claimed AS c
JOIN door AS d ON d.value = c.value
LEFT JOIN coded AS k ON d.is_town AND k.line = d.line AND k.country = d.country
ORDER BY value, company, subject_id"""


def parties(store: Engine) -> None:
    """`party_of`:

    (company, subject_id, party, home, agency). Shape: `home` is the household; `agency` the declared one, or the one
    that stands in for what the company does not record; `party` the agency, or else the household.

    A household is whoever ever claimed one address as home, in HR's records or in an application: people move, and
    one partner tells HR before the other. Of whom no claimed home is on record, the door that the company sent
    things to counts as it: nobody can say then that it is another.
    """
    people = store.rows("SELECT company, subject_id, person, agency FROM subject ORDER BY company, subject_id")
    implied = {(row["company"], row["subject_id"]): row["agency"] for row in store.rows(_IMPLIED)}
    agencies = [p["agency"] or implied.get((p["company"], p["subject_id"])) for p in people]
    place = {(p["company"], p["subject_id"]): n for n, p in enumerate(people)}
    groups: dict[str, list[int]] = defaultdict(list)
    for row in store.rows(_CLAIMED):
        groups[f"home {row['value']}"].append(place[row["company"], row["subject_id"]])
    for n, person in enumerate(people):
        if person["person"]:
            groups[f"person {person['person']}"].append(n)
    pairs = [
        (held[0], other)
        for name, held in groups.items()
        if name.startswith("person") or len({people[i]["person"] or i for i in held}) <= MOST_AT_HOME
        for other in held[1:]
    ]
    label = np.arange(len(people))
    if pairs:
        rows, columns = zip(*pairs, strict=True)
        graph = coo_array((np.ones(len(pairs), dtype=np.int8), (rows, columns)), shape=(len(people), len(people)))
        label = connected_components(graph, directed=False)[1]
    homes = [f"home {label[n]}" for n in range(len(people))]
    store.load(
        "party_of",
        {
            "company": [p["company"] for p in people],
            "subject_id": [p["subject_id"] for p in people],
            "home": homes,
            "party": [f"agency {agency}" if agency else home for agency, home in zip(agencies, homes, strict=True)],
            "agency": agencies,
        },
        dict.fromkeys(("company", "subject_id", "home", "party", "agency"), "VARCHAR"),
    )
