"""Cases of indicators: a folder of YAML files, rows in and findings out."""

from pathlib import Path
from typing import Any

import yaml

import bonafides.derived
import bonafides.records
from bonafides import units
from bonafides.indicators.base import Indicator
from bonafides.records.base import COMMON, SQL_TYPE, Table
from bonafides.store.duckdb import Store
from bonafides.workflow.detect import indicators

HERE = Path(__file__).parent / "units" / "indicators"
RECORDS = units.modules(bonafides.records, "TABLE", Table)
DERIVED = units.modules(bonafides.derived, "TABLE", Table)
INDICATORS = indicators()
CASES = {name: sorted((HERE / i.claim / name).glob("*.yaml")) for name, i in INDICATORS.items()}


def shape(table: str) -> dict[str, str]:
    """Columns of a table as indicators see it, with SQL types."""
    if table in RECORDS:
        own = {c.name: SQL_TYPE[c.type] for c in (*COMMON, *RECORDS[table].columns)}
        return {**own, "subject_id": "VARCHAR"}
    return {c.name: SQL_TYPE[c.type] for c in DERIVED[table].columns}


# All tables, empty, in one statement: making them one by one took most of the tests' time.
_EMPTY = ";".join(
    f"CREATE TABLE {table} ({', '.join(f'{name} {type_}' for name, type_ in shape(table).items())})"
    for table in (*RECORDS, *DERIVED)
)


def filled(given: dict[str, list[dict[str, Any]]]) -> Store:
    """A store holding the given rows; every other table exists and is empty.

    Shape: columns not given are NULL, but `company` is `acme`, `subject_id` is `s1` and `event_ref` counts up.
    """
    store = Store()
    store.execute(_EMPTY)
    for table, rows in given.items():
        types = shape(table)
        unknown = {key for row in rows for key in row} - set(types)
        assert not unknown, f"{table} has no {sorted(unknown)}"
        columns: dict[str, list[Any]] = {}
        for name in types:
            default = {"company": "acme", "subject_id": "s1", "a_company": "acme", "b_company": "acme"}.get(name)
            columns[name] = [
                row.get(name, f"{table}:{n}" if name == "event_ref" else default) for n, row in enumerate(rows, 1)
            ]
        store.load(table, columns, types)
    if "subject" not in given:
        known = {(r.get("company", "acme"), r.get("subject_id", "s1")) for rows in given.values() for r in rows}
        known |= {(r.get(f"{side}_company", "acme"), r[side]) for r in given.get("tie", []) for side in "ab"}
        people = sorted((company, subject) for company, subject in known if subject is not None)
        store.execute("DELETE FROM subject")
        for company, subject in people:
            store.execute(
                f"INSERT INTO subject (company, subject_id, subject_kind) VALUES ('{company}', '{subject}', 'worker')"
            )
    return store


def read(case: Path) -> dict[str, Any]:
    """One case: `given` rows by table, `expect` findings (the named columns of each are compared)."""
    doc = yaml.safe_load(case.read_text("utf-8"))
    assert set(doc) == {"given", "expect"}, case
    return dict(doc)


def needed(indicator: Indicator) -> list[tuple[str, str]]:
    """Every column that an indicator's needs name."""
    return [one for need in indicator.needs for one in need]
