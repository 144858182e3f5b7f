"""What became of each claim of each subject:

corroborated, contradicted, or untested where no indicator could ask about it.
"""

from collections.abc import Collection, Mapping, Sequence

from bonafides.store.duckdb import Store

Needs = Sequence[Sequence[tuple[str, str]]]


def stand(store: Store, claims: Sequence[str], needs: Mapping[str, Needs], vias: Mapping[tuple[str, str], str]) -> None:
    """`claim_standing`: (company, subject_id, claim, standing).

    Shape: `needs` gives, by indicator, what it cannot do without: for each need the columns of which any one will do;
    `vias`, by column of typed values, how sightings call them.
    Why: an indicator that ran for a company says nothing about a person of whom none of the columns that it needs holds
    anything, or nothing that is such a value.
    """
    wide = _known_of(store, {one for need in needs.values() for some in need for one in some}, vias)
    tested = " UNION ".join(_tested(store, claim, needs, wide) for claim in claims)
    store.execute(f"CREATE OR REPLACE TEMP TABLE tested AS {tested}")
    store.load("claim", {"claim": list(claims)}, {"claim": "VARCHAR"})
    store.execute(
        """CREATE OR REPLACE TEMP TABLE claim_standing AS
        WITH weighed AS (
          SELECT f.company, f.subject_id, f.claim, bool_or(w.stand_in < 0) AS is_for,
                 bool_or(greatest(w.stand_in, w.elsewhere, w.overextended, w.hijacked) > 0) AS is_against
          FROM finding AS f JOIN weight_of AS w ON w.indicator = f.indicator GROUP BY f.company, f.subject_id, f.claim)
        SELECT company, subject_id, claim, 'corroborated' AS standing FROM weighed WHERE is_for
        UNION ALL SELECT company, subject_id, claim, 'contradicted' FROM weighed WHERE is_against
        UNION ALL
        SELECT s.company, s.subject_id, c.claim, 'untested' FROM subject AS s CROSS JOIN claim AS c
        WHERE NOT EXISTS (SELECT 1 FROM tested AS t WHERE t.company = s.company AND t.subject_id = s.subject_id AND t.claim = c.claim)
          AND NOT EXISTS (SELECT 1 FROM weighed AS w WHERE w.company = s.company AND w.subject_id = s.subject_id AND w.claim = c.claim)"""
    )


def _known_of(
    store: Store, needed: Collection[tuple[str, str]], vias: Mapping[tuple[str, str], str]
) -> Mapping[tuple[str, str], str]:
    """`known_of`: for each subject and needed column whether any of their rows says something; answers its names."""
    there = store.tables()
    names: dict[tuple[str, str], str] = {}
    told: dict[str, list[tuple[str, str]]] = {}
    for table, column in sorted(needed):
        name = f"{table}_{column}"
        if (table, column) in vias:
            told.setdefault("sighting", []).append((name, f"via = '{vias[table, column]}'"))
        elif {"subject_id", column} <= set(there.get(table, ())):
            told.setdefault(table, []).append((name, f"{column} IS NOT NULL"))
        else:
            continue
        names[table, column] = name
    selected, joins = [], []
    for table, columns in told.items():
        said = ", ".join(f"bool_or({says}) AS {name}" for name, says in columns)
        joins.append(
            f"LEFT JOIN (SELECT company AS c, subject_id AS s, {said} FROM {table} GROUP BY company, subject_id) AS k_{table} "
            f"ON k_{table}.c = p.company AND k_{table}.s = p.subject_id"
        )
        selected += [f"coalesce(k_{table}.{name}, false) AS {name}" for name, _ in columns]
    listed = "".join(f", {one}" for one in selected)
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE known_of AS SELECT p.company, p.subject_id{listed} FROM subject AS p {' '.join(joins)}"
    )
    return names


def _tested(store: Store, claim: str, needs: Mapping[str, Needs], known: Mapping[tuple[str, str], str]) -> str:
    """SELECT of the subjects of whom some indicator could ask about a claim."""
    ran = {
        row["indicator"]
        for row in store.rows(f"SELECT DISTINCT indicator FROM evaluation WHERE claim = '{claim}' AND outcome = 'ran'")
    }
    asked = []
    for name in sorted(ran & set(needs)):
        own = [[known[one] for one in some if one in known] for some in needs[name]]
        # What no row of a person can say, as a fact of a value, is the company's matter: it ran there.
        there = [f"({' OR '.join(columns)})" for columns in own if columns]
        asked.append(f"({' AND '.join([*there, f'r.{name}'])})")
    if not asked:
        return f"SELECT company, subject_id, '{claim}' AS claim FROM subject WHERE false"
    ends = ", ".join(
        f"bool_or(indicator = '{name}' AND outcome = 'ran') AS {name}" for name in sorted(ran & set(needs))
    )
    return (
        f"SELECT k.company, k.subject_id, '{claim}' AS claim FROM known_of AS k "
        f"JOIN (SELECT company, {ends} FROM evaluation GROUP BY company) AS r ON r.company = k.company WHERE {' OR '.join(asked)}"
    )
