"""Every kind reads its cases: texts of one value meet, texts that are no value are refused."""

from pathlib import Path

import pytest
import yaml

from bonafides import kinds
from bonafides.kinds.base import Kind
from bonafides.units import modules

FOLDER = Path(__file__).parent
KINDS = modules(kinds, "KIND", Kind)
CASES = {name: yaml.safe_load((FOLDER / name / "cases.yaml").read_text("utf-8")) for name in KINDS if name != "resume"}


def text(raw: str | list[str]) -> str:
    """Parts of an address are written as a list."""
    return raw if isinstance(raw, str) else "\x1f".join(raw)


VALUES = [
    (name, text(raw), value) for name, cases in CASES.items() for value, raws in cases["values"].items() for raw in raws
]
REFUSED = [(name, text(raw)) for name, cases in CASES.items() for raw in cases["refused"]]


@pytest.mark.parametrize(("name", "raw", "value"), VALUES, ids=ascii)
def test_a_text_becomes_the_value_it_stands_for(name: str, raw: str, value: str) -> None:
    assert KINDS[name].clean(raw) == value


@pytest.mark.parametrize(("name", "raw"), REFUSED, ids=ascii)
def test_a_text_that_is_no_value_is_refused(name: str, raw: str) -> None:
    assert KINDS[name].clean(raw) is None
