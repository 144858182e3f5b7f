"""One object a line, keys in order, nothing that is no JSON."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonafides.exchange.jsonl_table import EXPORT


def lines(columns: list[str], rows: list[dict[str, Any]]) -> list[bytes]:
    assert EXPORT.encode is not None
    return list(EXPORT.encode(columns, rows))


def test_keys_come_in_the_order_of_the_table() -> None:
    assert lines(["b", "a"], [{"a": 1, "b": "x"}]) == [b'{"b": "x", "a": 1}\n']


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (float("nan"), None),
        (float("inf"), None),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 3, 4, 5), "2026-01-02T03:04:05"),
        (None, None),
        (True, True),
        ("=1+1", "=1+1"),
    ],
)
def test_values_are_what_json_can_say(value: Any, said: Any) -> None:
    (line,) = lines(["a"], [{"a": value}])
    assert json.loads(line) == {"a": said}


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), max_size=4))
def test_every_row_is_one_line_whatever_it_holds(texts: list[str]) -> None:
    made = b"".join(lines(["a"], [{"a": text} for text in texts]))
    assert [json.loads(line)["a"] for line in made.split(b"\n")[:-1]] == texts
