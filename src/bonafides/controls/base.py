"""What a control is, how its file is read, and how it is asked of every company."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from bonafides import units
from bonafides.derived import control
from bonafides.errors import BadUnit
from bonafides.redact import redacted
from bonafides.store.duckdb import EngineError
from bonafides.store.engine import Engine
from bonafides.store.filled import NOBODYS, filled, usable
from bonafides.store.sql import tables_read

KEYS = frozenset({"id", "title", "asks", "claim", "needs", "refs"})
RETURNS = ("company", "subject_id", "holds")
_NEED = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Control:
    """One thing that public guidance asks of an employer.

    Shape: `sql` is one SELECT of (company, subject_id, holds): those whom it concerns, and whether it was kept for
    each; several rows of one subject count as kept if all are;
    NULL, of the subject or of `holds`, concerns nobody. `needs` as in an indicator: columns (`table.column`,
    with `|` between where any will do) without which nobody can tell.
    Why: it speaks of the employer, never of a worker: no control weighs in anybody's assessment.
    """

    id: str
    title: str
    asks: str
    claim: str
    needs: tuple[_NEED, ...]
    refs: tuple[str, ...]
    sql: str
    digest: str


def load(path: Path) -> Control:
    """The control that a file describes.

    Raises: BadUnit naming file and line.
    """
    head, sql = units.header(path, KEYS)
    needs = tuple(tuple(_column(one) for one in str(need).split("|")) for need in head["needs"] or ())
    if not needs or any(not all(one) for need in needs for one in need):
        raise BadUnit(f"{path}:1: needs are written table.column, several of which one will do with | between")
    if not head["refs"]:
        raise BadUnit(f"{path}:1: a control names the guidance that asks for it")
    return Control(
        id=head["id"],
        title=head["title"],
        asks=head["asks"],
        claim=head["claim"],
        needs=needs,
        refs=tuple(head["refs"]),
        sql=sql.rstrip(";\n "),
        digest=units.digest(path),
    )


def _column(text: str) -> tuple[str, str]:
    table, _, column = text.strip().partition(".")
    return table, column


def catalogue(folder: Path) -> dict[str, Control]:
    """All controls under a folder, by id."""
    return {path.stem: load(path) for path in units.sql_files(folder)}


def kept(sql: str) -> str:
    """SELECT of (company, subject_id, is_kept): one row for each whom a control's SELECT concerns."""
    return (
        f"SELECT company, subject_id, bool_and(holds) AS is_kept FROM ({sql}) "
        "WHERE holds IS NOT NULL AND subject_id IS NOT NULL GROUP BY company, subject_id"
    )


def check(store: Engine, controls: Mapping[str, Control], vias: Mapping[tuple[str, str], str] | None = None) -> None:
    """`control`: for every company and control whether it holds, fails or cannot be told, and for how many.

    Shape: `vias` as for indicators.
    """
    store.create(control.TABLE)
    companies = [row["company"] for row in store.rows("SELECT DISTINCT company FROM subject ORDER BY company")]
    where = usable(
        store, filled(store, {need for one in controls.values() for some in one.needs for need in some}), vias or {}
    )
    known = store.tables().keys()
    rows = []
    for one in controls.values():
        lacking = {company: _lacks(one, company, where) for company in companies}
        counts, failure = _counts(store, one, known)
        for company in companies:
            concerned, held = counts.get(company, (0, 0))
            why = lacking[company] or failure or (None if concerned else "concerns nobody here")
            told = None if why else "holds" if held == concerned else "fails"
            rows.append(
                {
                    "company": company,
                    "control": one.id,
                    "claim": one.claim,
                    "outcome": told or "cannot be told",
                    "concerned": None if why else concerned,
                    "held": None if why else held,
                    "why": why,
                }
            )
    store.append(control.TABLE, rows)


def _lacks(one: Control, company: str, where: Mapping[tuple[str, str], set[str]]) -> str | None:
    """What of a company's data is missing. Unknown: None where nothing is."""
    for need in one.needs:
        if not any(where[column] & {company, NOBODYS} for column in need):
            return f"no data: {' or '.join('.'.join(column) for column in need)}"
    return None


def _counts(store: Engine, one: Control, known: Collection[str]) -> tuple[dict[str, tuple[int, int]], str | None]:
    """By company, those concerned and those for whom it held; or why nobody can say."""
    if unknown := tables_read(one.sql) - set(known):
        return {}, f"no table {', '.join(sorted(unknown))}"
    try:
        if (returned := store.shape(one.sql)) != list(RETURNS):
            raise BadUnit(f"{one.id}: must return {', '.join(RETURNS)}, returns {', '.join(returned)}")
        rows = store.rows(
            "SELECT company, count(*) AS concerned, count(*) FILTER (is_kept) AS held FROM ("
            f"{kept(one.sql)}) GROUP BY company"
        )
    except EngineError as why:
        raise BadUnit(f"{one.id}: {redacted(str(why))}") from why
    return {row["company"]: (row["concerned"], row["held"]) for row in rows}, None
