"""One name everywhere: file stem, unit id, test folder and docs anchor."""

import pytest

from bonafides.workflow.derive import kinds
from bonafides.workflow.detect import controls, indicators
from bonafides.workflow.export import exports
from bonafides.workflow.ingest import record_tables, sources
from house.source_tree import DOCS, SRC, TESTS

UNITS = TESTS / "units"
SOURCES = sorted(s for s in sources() if not s.startswith("records/"))
INDICATORS = indicators()


@pytest.mark.parametrize("unit", SOURCES)
def test_a_source_has_a_test_folder(unit: str) -> None:
    assert any((UNITS / "sources" / unit).glob("*")), f"tests/units/sources/{unit}"


@pytest.mark.parametrize("unit", sorted(INDICATORS))
def test_an_indicator_lies_in_its_claims_folder_and_has_a_test_folder(unit: str) -> None:
    claim = INDICATORS[unit].claim
    assert (SRC / "indicators" / claim / f"{unit}.sql").is_file()
    assert any((UNITS / "indicators" / claim / unit).glob("*.yaml"))


@pytest.mark.parametrize("unit", sorted(kinds()))
def test_a_kind_has_a_test_folder(unit: str) -> None:
    assert (UNITS / "kinds" / unit / "cases.yaml").is_file()


@pytest.mark.parametrize("unit", sorted(e.name for e in exports().values()))
def test_an_export_has_a_test_folder(unit: str) -> None:
    assert any((UNITS / "exchange" / unit).glob("*"))


def test_no_test_folder_is_left_of_a_unit_that_is_gone() -> None:
    known = {
        "sources": set(SOURCES),
        "kinds": set(kinds()),
        "exchange": {e.name for e in exports().values()} | {"report", "case"},
    }
    for room, names in known.items():
        folders = {p.name for p in (UNITS / room).iterdir() if p.is_dir() and p.name != "__pycache__"}
        assert folders <= names, folders - names
    left = {p.name for p in (UNITS / "indicators").glob("*/*") if p.is_dir()} - set(INDICATORS)
    assert not left


@pytest.mark.parametrize(
    ("page", "units"),
    [
        ("sources", SOURCES),
        ("indicators", sorted(INDICATORS)),
        ("kinds", sorted(kinds())),
        ("controls", sorted(controls())),
        ("records", sorted(record_tables())),
    ],
)
def test_every_unit_has_its_anchor_in_the_reference(page: str, units: list[str]) -> None:
    told = (DOCS / "reference" / f"{page}.md").read_text("utf-8").splitlines()
    assert [u for u in units if f"## {u}" not in told] == []
