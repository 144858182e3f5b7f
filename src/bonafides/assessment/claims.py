"""What became of each claim of each subject:

corroborated, contradicted, or untested where no indicator could ask about it.
"""

from collections.abc import Mapping, Sequence

from bonafides.store.duckdb import Store

Needs = Sequence[Sequence[tuple[str, str]]]


def stand(store: Store, claims: Sequence[str], needs: Mapping[str, Needs]) -> None:
    """`claim_standing`: (company, subject_id, claim, standing).

    Shape: `needs` gives, by indicator, what it cannot do without: for each need the columns of which any one will do.
    Why: an indicator that ran for a company says nothing about a person of whom the tables that it needs hold no row.
    """
    there = store.tables()
    tables = sorted({table for need in needs.values() for some in need for table, _ in some if table in there})
    about = [t for t in tables if "subject_id" in store.shape(f"SELECT * FROM {t}") and t != "subject"]
    bit = {table: 1 << n for n, table in enumerate(about)}
    seen = " UNION ALL ".join(
        f"SELECT DISTINCT company, subject_id, {bit[t]} AS mask FROM {t} WHERE subject_id IS NOT NULL" for t in about
    )
    store.execute(
        "CREATE OR REPLACE TEMP TABLE known_of AS SELECT s.company, s.subject_id, CAST(coalesce(bit_or(x.mask), 0) AS BIGINT) AS mask FROM subject AS s "
        f"LEFT JOIN ({seen or 'SELECT NULL AS company, NULL AS subject_id, 0 AS mask WHERE false'}) AS x ON x.company = s.company AND x.subject_id = s.subject_id "
        "GROUP BY s.company, s.subject_id"
    )
    asked = sorted(
        {(name, sum({bit[t] for t, _ in some if t in bit})) for name, need in needs.items() for some in need}
    )
    store.load(
        "need_of",
        {"indicator": [a[0] for a in asked], "mask": [a[1] for a in asked]},
        {"indicator": "VARCHAR", "mask": "BIGINT"},
    )
    store.load("claim", {"claim": list(claims)}, {"claim": "VARCHAR"})
    store.execute(
        """CREATE OR REPLACE TEMP TABLE claim_standing AS
        WITH kinds_of_need AS (
          SELECT DISTINCT e.company, e.claim, e.indicator FROM evaluation AS e WHERE e.outcome = 'ran'),
        missed AS (
          SELECT DISTINCT k.company, k.subject_id, n.indicator FROM known_of AS k JOIN need_of AS n ON n.mask <> 0 AND (k.mask & n.mask) = 0),
        tested AS (
          SELECT DISTINCT s.company, s.subject_id, r.claim FROM subject AS s JOIN kinds_of_need AS r ON r.company = s.company
          WHERE NOT EXISTS (SELECT 1 FROM missed AS m WHERE m.company = s.company AND m.subject_id = s.subject_id AND m.indicator = r.indicator)),
        weighed AS (
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
