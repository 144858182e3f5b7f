"""What every kind promises, tested without its author writing a test."""

from pathlib import Path

import pytest

from bonafides import kinds, records
from bonafides.kinds.base import Kind
from bonafides.records.base import Table
from bonafides.units import modules

KINDS = modules(kinds, "KIND", Kind)
FAMILIES = {"", "network", "place", "money", "contact", "device", "text", "code"}


def test_every_kind_that_a_record_column_names_exists() -> None:
    named = {
        column.kind for table in modules(records, "TABLE", Table).values() for column in table.columns if column.kind
    }
    assert named <= set(KINDS)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_kind_has_a_folder_of_cases_a_title_and_a_known_family(name: str) -> None:
    kind = KINDS[name]
    assert (Path(__file__).parent / name / "cases.yaml").is_file()
    assert kind.title == kind.title.strip() != ""
    assert kind.family in FAMILIES


@pytest.mark.parametrize("name", sorted(KINDS))
def test_what_a_shared_value_tells_grows_with_its_holders_and_never_convicts(name: str) -> None:
    kind = KINDS[name]
    holders = [at_least for at_least, _ in kind.telling]
    shares = [share for _, share in kind.telling]
    assert holders == sorted(set(holders)) and all(number >= 2 for number in holders)
    assert shares == sorted(shares) and all(0 < share < 0.5 for share in shares)
    assert bool(kind.telling) == kind.ties == bool(kind.family)
    assert kind.share(1) == 0.0


@pytest.mark.parametrize("name", sorted(KINDS))
def test_nothing_is_no_value(name: str) -> None:
    assert [KINDS[name].clean(raw) for raw in ("", " ", "\n", "\x00", "null", "N/A")] == [None] * 6
