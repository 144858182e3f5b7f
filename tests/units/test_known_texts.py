"""Texts that the run before has cleaned are not cleaned again, and what comes of them is the same."""

from pathlib import Path

from bonafides.kinds.base import Kind
from bonafides.records.base import COMMON, SQL_TYPE
from bonafides.sightings import values
from bonafides.sightings.known_texts import KnownTexts
from bonafides.store.duckdb import Store
from bonafides.workflow.derive import kinds as record_kinds
from bonafides.workflow.derive import known_texts
from bonafides.workflow.ingest import record_tables

TABLES = {"worker": record_tables()["worker"], "application": record_tables()["application"]}


class Cleaning:
    """A kind that counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def clean(self, raw: str) -> str | None:
        self.asked.append(raw)
        return raw.strip().lower() if "@" in raw else None


def run(tmp_path: Path, workers: list[str], referees: list[str], made_by: str = "a") -> tuple[list[str], set[object]]:
    """What a run asks of the kind, and its cleaned texts. Shape: work addresses, and texts of several addresses."""
    store, kind = Store(tmp_path, "1GB", 1), Cleaning()
    for table in TABLES.values():
        store.create(table, [(c.name, SQL_TYPE[c.type]) for c in COMMON])
    store.append(TABLES["worker"], [{"work_email": mail} for mail in workers])
    store.append(TABLES["application"], [{"reference_emails": mails} for mails in referees])
    kinds = {name: Kind(name, "", kind.clean, str, True, name) for name in record_kinds()}
    texts = KnownTexts(store, tmp_path, made_by)
    values.clean(store, TABLES, kinds, texts)
    found = {tuple(row.values()) for row in store.rows("SELECT raw, value FROM cleaned")}
    store.close()
    return sorted(kind.asked), found


def test_only_what_is_new_is_cleaned_and_all_is_there(tmp_path: Path) -> None:
    asked, found = run(tmp_path, ["Ana@acme.example", "none", "bo@acme.example"], [])
    assert asked == ["Ana@acme.example", "bo@acme.example", "none"]
    asked, again = run(tmp_path, ["Ana@acme.example", "none", "cy@acme.example"], [])
    assert asked == ["cy@acme.example"]
    assert again == {("Ana@acme.example", "ana@acme.example"), ("cy@acme.example", "cy@acme.example")} != found
    # What was not there the last time is not known any more.
    assert run(tmp_path, ["bo@acme.example"], [])[0] == ["bo@acme.example"]


def test_a_text_that_may_hold_several_values_is_another_than_one_of_a_single_value(tmp_path: Path) -> None:
    both = "ana@acme.example;bo@acme.example"
    assert run(tmp_path, [both], [])[1] == {(both, both)}
    several = {(both, "ana@acme.example"), (both, "bo@acme.example")}
    assert run(tmp_path, [], [both]) == (["ana@acme.example", "bo@acme.example"], several)
    assert run(tmp_path, [], [both]) == ([], several)


def test_what_was_cleaned_otherwise_or_is_damaged_is_cleaned_anew(tmp_path: Path) -> None:
    run(tmp_path, ["ana@acme.example"], [])
    assert run(tmp_path, ["ana@acme.example"], [], made_by="b")[0] == ["ana@acme.example"]
    (kept,) = tmp_path.glob("cleaned-*")
    kept.write_bytes(b"PAR1 cut short")
    assert run(tmp_path, ["ana@acme.example"], [], made_by="b") == (
        ["ana@acme.example"],
        {("ana@acme.example", "ana@acme.example")},
    )
    assert run(tmp_path, ["ana@acme.example"], [], made_by="b")[0] == []


def test_how_texts_are_cleaned_is_told_by_the_code_that_does(tmp_path: Path) -> None:
    store = Store(tmp_path, "1GB", 1)
    one = known_texts(store, tmp_path)
    assert one._path == known_texts(store, tmp_path)._path
    one.keep()
    assert [path.name.partition("-")[0] for path in tmp_path.glob("*.parquet")] == ["cleaned"]
