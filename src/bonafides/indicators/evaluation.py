"""Ask every live indicator of every company: ran, skipped with the reason, or failed with the reason; never silence."""

from collections.abc import Iterable, Mapping

import bonafides.derived
import bonafides.records
from bonafides import units
from bonafides.derived import evaluation, finding
from bonafides.errors import BadUnit
from bonafides.indicators.base import RETURNS, Indicator
from bonafides.records.base import Table
from bonafides.redact import redacted
from bonafides.store.duckdb import EngineError
from bonafides.store.engine import Engine


def evaluate(store: Engine, indicators: Mapping[str, Indicator]) -> None:
    """`finding` and `evaluation`, for all live indicators."""
    store.create(finding.TABLE)
    store.create(evaluation.TABLE)
    companies = [row["company"] for row in store.rows("SELECT DISTINCT company FROM subject ORDER BY company")]
    live = [i for i in indicators.values() if i.state == "live"]
    filled = _filled(store, live)
    known = store.tables()
    ended: list[tuple[Indicator, str, str | None, str | None]] = []
    for indicator in live:
        lacking = {company: _lacks(indicator, company, filled, known) for company in companies}
        failure = (
            None if all(lacking.values()) else _run(store, indicator, [c for c, why in lacking.items() if not why])
        )
        ended += [(indicator, company, why, failure) for company, why in lacking.items()]
    found = store.rows("SELECT indicator, company, count(*) AS n FROM finding GROUP BY indicator, company")
    counts = {(row["indicator"], row["company"]): row["n"] for row in found}
    rows = [
        {
            "company": company,
            "indicator": indicator.id,
            "claim": indicator.claim,
            "outcome": "skipped" if why else "failed" if failure else "ran",
            "why": why or failure,
            "findings": counts.get((indicator.id, company), 0),
        }
        for indicator, company, why, failure in ended
    ]
    store.append(evaluation.TABLE, rows)


def _filled(store: Engine, indicators: Iterable[Indicator]) -> dict[tuple[str, str], set[str]]:
    """For each table and needed column the companies that have something in it.

    Shape: column `` stands for any row at all, company `` for tables that no company owns.
    """
    wanted: dict[str, set[str]] = {}
    for indicator in indicators:
        for table in indicator.reads:
            wanted.setdefault(table, set())
        for table, column in (one for need in indicator.needs for one in need):
            wanted.setdefault(table, set()).add(column)
    found: dict[tuple[str, str], set[str]] = {}
    shapes = {**units.modules(bonafides.records, "TABLE", Table), **units.modules(bonafides.derived, "TABLE", Table)}
    tables = store.tables()
    for table, columns in wanted.items():
        if table not in tables:
            continue
        there = set(store.shape(f"SELECT * FROM {table}"))
        listed = sorted(columns & there)
        counts = "".join(f", count({c}) AS {c}" for c in listed if c != "company")
        by = "company" if "company" in there else "''"
        if table in shapes and "a_company" in there:
            by = "''"
        for row in store.rows(
            f"SELECT {by} AS of, count(*) AS filled_rows{counts} FROM {table} GROUP BY ALL HAVING count(*) > 0"
        ):
            found.setdefault((table, ""), set()).add(row["of"])
            for column in listed:
                if column == "company" or row[column]:
                    found.setdefault((table, column), set()).add(row["of"])
    return found


def _lacks(
    indicator: Indicator, company: str, filled: Mapping[tuple[str, str], set[str]], known: set[str]
) -> str | None:
    """Why an indicator cannot be asked of a company. Unknown: None means that it can."""
    missing = sorted(t for t in indicator.reads if t not in known)
    if missing:
        return f"no table {', '.join(missing)}"
    here = {company, ""}
    for need in indicator.needs:
        if not any(filled.get(one, set()) & here for one in need):
            told = [f"{t}.{c}" if filled.get((t, ""), set()) & here else t for t, c in need]
            return f"no data: {' or '.join(dict.fromkeys(told))}"
    return None


def _run(store: Engine, indicator: Indicator, companies: list[str]) -> str | None:
    """Run one SELECT and keep its findings for the companies that could be asked; answers why it failed, or None."""
    try:
        returned = store.shape(indicator.sql)
        more = [c for c in returned if c not in RETURNS]
        if returned[: len(RETURNS)] != list(RETURNS) or indicator.placeholders - set(returned):
            raise BadUnit(f"must return {', '.join(RETURNS)} and then {', '.join(sorted(indicator.placeholders))}")
        store.load("asked", {"company": companies}, {"company": "VARCHAR"})
        because = store.packed(sorted({*more, *(indicator.placeholders & set(RETURNS))}), indicator.sql)
        store.execute(
            f"INSERT INTO finding SELECT company, subject_id, '{indicator.id}', '{indicator.claim}', '{indicator.group}', first_at, last_at, "
            f"rounded(least(1.0, greatest(0.0, CAST(strength AS DOUBLE))), 4), CAST(value AS VARCHAR), {because} FROM ({indicator.sql}) "
            "WHERE company IN (SELECT company FROM asked) AND subject_id IS NOT NULL AND strength > 0"
        )
    except (EngineError, BadUnit) as why:
        return redacted(str(why))
    return None
