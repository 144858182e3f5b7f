"""Who counts as one party: one person, one household by its own word, one declared agency.

Why: what people of one household share has one cause, their home; what one person's two engagements share has one
cause, the person.
"""

from collections import defaultdict

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from bonafides.store.duckdb import Store

# More people than this claim one door only where flats share a street number or an institution houses them.
MOST_AT_HOME = 8


def parties(store: Store) -> None:
    """`party_of`:

    (company, subject_id, party, home). Shape: `home` is the household; `party` the agency where one is declared.

    A household is whoever ever claimed one address as home, in HR's records or in an application: people move, and
    one partner tells HR before the other.
    """
    people = store.rows("SELECT company, subject_id, person, agency FROM subject ORDER BY company, subject_id")
    place = {(p["company"], p["subject_id"]): n for n, p in enumerate(people)}
    groups: dict[str, list[int]] = defaultdict(list)
    for row in store.rows(
        "SELECT DISTINCT company, subject_id, value FROM sighting WHERE kind = 'postal_address' AND via IN ('worker:address', 'application:address') "
        "ORDER BY value, company, subject_id"
    ):
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
            "party": [f"agency {p['agency']}" if p["agency"] else home for p, home in zip(people, homes, strict=True)],
        },
        dict.fromkeys(("company", "subject_id", "home", "party"), "VARCHAR"),
    )
