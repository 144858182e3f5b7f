"""Tables of the latest run for other programs and people, masked unless somebody has reason to see more."""

import importlib
import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bonafides.derived
import bonafides.exchange
from bonafides import units
from bonafides.errors import BadSettings, BadUnit
from bonafides.exchange.base import Export
from bonafides.exchange.report.masking import Mask
from bonafides.kinds.base import pseudonym
from bonafides.records.base import SQL_TYPE, Table
from bonafides.store.duckdb import Store
from bonafides.workflow.derive import kinds
from bonafides.workflow.published import PUBLISHED, Row, latest_run, published, source

Subject = tuple[str, str]

# Kinds whose values can be told from any other text by their form alone.
_TOLD_BY_FORM = ("email", "ip", "phone", "wallet", "profile")


def exports() -> dict[str, Export]:
    """All table exports by format: the units of the exchange room whose file is called `…_table.py`."""
    found: dict[str, Export] = {}
    for path in sorted(Path(next(iter(bonafides.exchange.__path__))).glob("*_table.py")):
        unit = getattr(importlib.import_module(f"bonafides.exchange.{path.stem}"), "EXPORT", None)
        if not isinstance(unit, Export) or unit.name != path.stem:
            raise BadUnit(f"{path}: must define EXPORT: an Export called {path.stem}")
        found[unit.format] = unit
    return found


@dataclass(frozen=True)
class Veil:
    """Pseudonyms of one run: for subjects those that its report shows, for values those of their kinds."""

    mask: Mask
    subject_kind: Mapping[Subject, str]

    def who(self, company: str, subject_id: str) -> str:
        """What stands for a subject."""
        return pseudonym(self.subject_kind.get((company, subject_id), "worker"), f"{company}\x1f{subject_id}")

    def text(self, value: str | None) -> str | None:
        """What stands for a value of no kind that is known beforehand."""
        return None if value is None else self.mask.value(value)


def veil(store: Store, run: Path) -> Veil:
    """The pseudonyms of one run.

    Why: a finding's value has no kind of its own; it has that of the equal value that a tie holds, else one told by its
    form, so that the same value shows the same tag everywhere.
    """
    known = kinds()
    texts = {
        text for row in published(store, run, "finding") for text in (row["value"], *_texts(row["because"])) if text
    }
    kind_of = {
        text: kind
        for text in texts
        for kind in _TOLD_BY_FORM
        if kind in known and not text.isdigit() and known[kind].clean(text) == text
    }
    shared = store.rows(f"SELECT DISTINCT kind, value FROM {source(run, 'tie')} ORDER BY kind, value")
    kind_of.update({row["value"]: row["kind"] for row in shared})
    people = store.rows(
        f"SELECT company, subject_id, subject_kind, given_name, family_name FROM {source(run, 'subject')}"
    )
    names = (row[part] for row in people for part in ("given_name", "family_name") if row[part])
    return Veil(
        Mask({name: kind.masks for name, kind in known.items()}, kind_of, names),
        {(row["company"], row["subject_id"]): row["subject_kind"] or "worker" for row in people},
    )


def _texts(because: str) -> list[str]:
    return [said for said in json.loads(because).values() if isinstance(said, str)]


def export(workspace: Path, table: str, format: str = "csv", masked: bool = True) -> bytes:
    """One table of the latest run as a file's content.

    Raises: BadSettings where there is no run, no such table or no such format.
    """
    known = exports()
    if format not in known:
        raise BadSettings(f"no format {format}: one of {', '.join(known)}")
    if table not in PUBLISHED:
        raise BadSettings(f"no table {table}: one of {', '.join(PUBLISHED)}")
    run = latest_run(workspace)
    store = Store()
    try:
        found = published(store, run, table)
        columns = store.shape(f"SELECT * FROM {source(run, table)}")
        if masked:
            found = mask(table, found, veil(store, run))
        encode = known[format].encode
        return b"".join(encode(columns, found)) if encode else _by_engine(store, table, columns, found)
    finally:
        store.close()


def _by_engine(store: Store, table: str, columns: list[str], found: list[Row]) -> bytes:
    shape = units.modules(bonafides.derived, "TABLE", Table)[table]
    types = {c.name: SQL_TYPE[c.type] for c in shape.columns}
    store.load("exported", {c: [row[c] for row in found] for c in columns}, {c: types[c] for c in columns})
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / table
        store.write("SELECT * FROM exported", target)
        return target.read_bytes()


def mask(table: str, found: list[Row], veil: Veil) -> list[Row]:
    """Rows of a published table as they may be seen before a case is open."""
    change = _MASKS.get(table, _subject)
    return [change(dict(row), veil) for row in found]


def _subject(row: Row, veil: Veil) -> Row:
    if row.get("subject_id") is not None:
        row["subject_id"] = veil.who(row["company"], row["subject_id"])
    return row


def because(told: Mapping[str, Any], veil: Veil) -> dict[str, Any]:
    """What fills a finding's sentence, masked, and the references behind it."""
    shown = veil.mask.because(told)
    return {**shown, **{name: veil.mask.reference(str(ref)) for name, ref in told.items() if is_ref(name) and ref}}


def is_ref(name: str) -> bool:
    """Does a column of a finding hold a reference to a record? (`ref`, `ref_2` …)"""
    return name == "ref" or name.startswith("ref_")


def _finding(row: Row, veil: Veil) -> Row:
    row["value"] = veil.text(row["value"])
    row["because"] = json.dumps(because(json.loads(row["because"]), veil), ensure_ascii=False)
    return _subject(row, veil)


def _contribution(row: Row, veil: Veil) -> Row:
    if row["value"] is not None:
        row["value"] = veil.mask.value(row["value"], row["what"] if row["step"] == "tie" else None)
    return _subject(row, veil)


def _tie(row: Row, veil: Veil) -> Row:
    for side in ("a", "b"):
        row[side] = veil.who(row[f"{side}_company"], row[side])
        row[f"{side}_ref"] = row[f"{side}_ref"] and veil.mask.reference(row[f"{side}_ref"])
    return _value(row, veil)


def _value(row: Row, veil: Veil) -> Row:
    row["value"] = veil.mask.value(row["value"], row["kind"])
    return row


def _network(row: Row, veil: Veil) -> Row:
    hubs = [_value(hub, veil) for hub in json.loads(row["hubs"])]
    assets = [{**asset, "asset": veil.mask.words(asset["asset"])} for asset in json.loads(row["assets"])]
    return {
        **row,
        "hubs": json.dumps(hubs, ensure_ascii=False),
        "assets": json.dumps(assets, ensure_ascii=False),
    }


def _known_as(row: Row, veil: Veil) -> Row:
    row["known_as"] = veil.who(row["company"], row["known_as"])
    return _subject(row, veil)


def _claimed(row: Row, veil: Veil) -> Row:
    """Names, home and manager; the place stays as far as its region: a post code and a job name one person."""
    for column in ("given_name", "family_name"):
        row[column] = row[column] and pseudonym("name", row[column])
    for column, kind in (("person", "government_id"), ("address", "postal_address")):
        row[column] = row[column] and veil.mask.value(row[column], kind)
    row["manager_id"] = row["manager_id"] and veil.who(row["company"], row["manager_id"])
    row.update(dict.fromkeys(("city", "postal_code", "latitude", "longitude")))
    return _subject(row, veil)


_MASKS: dict[str, Callable[[Row, Veil], Row]] = {
    "finding": _finding,
    "contribution": _contribution,
    "tie": _tie,
    "hub": _value,
    "network": _network,
    "subject": _claimed,
    "known_as": _known_as,
}
