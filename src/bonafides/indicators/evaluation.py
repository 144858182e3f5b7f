"""Ask every live indicator of every company: ran, skipped with the reason, or failed with the reason; never silence."""

from collections.abc import Collection, Mapping

from bonafides.derived import evaluation, finding
from bonafides.errors import BadUnit
from bonafides.indicators.base import RETURNS, Indicator
from bonafides.redact import redacted
from bonafides.store.duckdb import EngineError
from bonafides.store.engine import Engine
from bonafides.store.filled import ANY_COLUMN, NOBODYS, filled, usable


def evaluate(
    store: Engine, indicators: Mapping[str, Indicator], vias: Mapping[tuple[str, str], str] | None = None
) -> Mapping[str, set[str]]:
    """`finding` and `evaluation`, for all live indicators.

    Shape: `vias` names, by (table, column), how sightings call typed values: without any usable one nothing can be asked.
    Answers the columns (`table.column`) that hold something, but nothing usable, each with the companies of which it is
    true.
    """
    store.create(finding.TABLE)
    store.create(evaluation.TABLE)
    companies = [row["company"] for row in store.rows("SELECT DISTINCT company FROM subject ORDER BY company")]
    live = [i for i in indicators.values() if i.state == "live"]
    there = filled(store, {one for i in live for need in i.needs for one in need})
    where = usable(store, there, vias or {})
    known = store.tables().keys()
    ended: list[tuple[Indicator, str, str | None, str | None]] = []
    asked: list[str] = []
    for indicator in live:
        lacking = {company: _lacks(indicator, company, where, known) for company in companies}
        able = [company for company, why in lacking.items() if not why]
        if able and able != asked:
            store.load("asked", {"company": able}, {"company": "VARCHAR"})
            asked = able
        failure = _run(store, indicator) if able else None
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
    return {".".join(one): there[one] - where[one] for one in sorted(there) if there[one] - where[one]}


def _lacks(
    indicator: Indicator, company: str, where: Mapping[tuple[str, str], set[str]], known: Collection[str]
) -> str | None:
    """Why an indicator cannot be asked of a company. Unknown: None means that it can."""
    missing = sorted(t for t in indicator.reads if t not in known)
    if missing:
        return f"no table {', '.join(missing)}"
    here = {company, NOBODYS}
    for need in indicator.needs:
        if not any(where[one] & here for one in need):
            told = [f"{t}.{c}" if where.get((t, ANY_COLUMN), set()) & here else t for t, c in need]
            return f"no data: {' or '.join(dict.fromkeys(told))}"
    return None


def _run(store: Engine, indicator: Indicator) -> str | None:
    """Run one SELECT and keep its findings for the companies in `asked`; answers why it failed, or None."""
    try:
        returned = store.shape(indicator.sql)
        more = [c for c in returned if c not in RETURNS]
        if returned[: len(RETURNS)] != list(RETURNS) or indicator.placeholders - set(returned):
            raise BadUnit(f"must return {', '.join(RETURNS)} and then {', '.join(sorted(indicator.placeholders))}")
        because = store.packed(sorted({*more, *(indicator.placeholders & set(RETURNS))}), indicator.sql)
        store.execute(
            f"INSERT INTO finding SELECT company, subject_id, '{indicator.id}', '{indicator.claim}', '{indicator.group}', first_at, last_at, "
            f"rounded(least(1.0, greatest(0.0, CAST(strength AS DOUBLE))), 4), CAST(value AS VARCHAR), {because} FROM ({indicator.sql}) "
            "WHERE company IN (SELECT company FROM asked) AND subject_id IS NOT NULL AND strength > 0"
        )
    except (EngineError, BadUnit) as why:
        return redacted(str(why))
    return None
