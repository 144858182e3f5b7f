"""What the tables hold: which have rows at all, and which companies have something in which columns."""

from collections.abc import Collection, Iterable, Mapping

from bonafides.store.engine import Engine

# Stands for the company of a table that is no company's.
NOBODYS = ""
# Stands for the column where any row at all will do.
ANY_COLUMN = ""


def filled(store: Engine, columns: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], set[str]]:
    """For each (table, column) the companies that have something in it.

    Shape: column `ANY_COLUMN` stands for any row, company `NOBODYS` for a table without companies. What is in no table
    is filled nowhere.
    """
    there = store.tables()
    wanted: dict[str, set[str]] = {}
    for table, column in columns:
        wanted.setdefault(table, set()).add(column)
    found: dict[tuple[str, str], set[str]] = {one: set() for one in columns}
    for table in sorted(wanted.keys() & there.keys()):
        held = sorted(wanted[table] & set(there[table]))
        counts = "".join(f", count({column}) AS n{n}" for n, column in enumerate(held))
        by = "company" if "company" in there[table] else f"'{NOBODYS}'"
        for row in store.rows(
            f"SELECT {by} AS whose, count(*) AS n{counts} FROM {table} GROUP BY 1 HAVING count(*) > 0"
        ):
            for column in [column for n, column in enumerate(held) if row[f"n{n}"]] + [ANY_COLUMN]:
                found.setdefault((table, column), set()).add(row["whose"])
    return found


def usable(
    store: Engine, where: Mapping[tuple[str, str], set[str]], vias: Mapping[tuple[str, str], str]
) -> Mapping[tuple[str, str], set[str]]:
    """Of what `filled` answered, that of which something can be used.

    Shape: `vias` names, for columns of typed values, how sightings call them: a column full of texts that are no such
    value, or nobody's, says nothing.
    """
    seen: dict[str, set[str]] = {}
    for row in store.rows("SELECT DISTINCT via, company FROM sighting") if vias else ():
        seen.setdefault(row["via"], set()).add(row["company"])
    return {one: held & seen.get(vias[one], set()) if one in vias else held for one, held in where.items()}


def with_rows(store: Engine, tables: Iterable[str]) -> list[str]:
    """Those tables that have a row, in order of name."""
    asked = " UNION ALL ".join(f"SELECT '{name}' AS name FROM (SELECT 1 FROM {name} LIMIT 1) AS t" for name in tables)
    return sorted(row["name"] for row in store.rows(asked)) if asked else []
