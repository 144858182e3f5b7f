"""What spreadsheets would run is kept as text; numbers stay numbers."""

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonafides.exchange.csv_table import EXPORT

RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cells(*values: Any) -> list[str]:
    assert EXPORT.encode is not None
    names = [f"c{n}" for n in range(len(values))]
    text = b"".join(EXPORT.encode(names, [dict(zip(names, values, strict=True))])).decode()
    head, row = csv.reader(io.StringIO(text, newline=""))
    assert head == names
    return row


@pytest.mark.parametrize("text", ["=1+1", "+1 614 555 0123", "-2", "@SUM(A1)", "\t=1", " =1", "＝1", "=HYPERLINK(A1)"])
def test_a_text_that_begins_a_formula_is_kept_as_text(text: str) -> None:
    assert cells(text) == [f"'{text}"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (-2, "-2"),
        (-1.5, "-1.5"),
        (True, "true"),
        (False, "false"),
        (None, ""),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 3, 4, 5), "2026-01-02T03:04:05"),
        ("a,b", "a,b"),
        ('say "no"', 'say "no"'),
        ("two\nlines", "two\nlines"),
        ("1-2", "1-2"),
    ],
)
def test_everything_else_stays_as_it_is(value: Any, cell: str) -> None:
    assert cells(value) == [cell]


def test_rows_end_as_the_standard_says() -> None:
    assert EXPORT.encode is not None
    assert b"".join(EXPORT.encode(["a"], [{"a": 1}])) == b"a\r\n1\r\n"


@given(
    st.lists(
        st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=4
    )
)
def test_no_text_whatever_it_is_begins_a_formula_or_breaks_the_row(texts: list[str]) -> None:
    found = cells(*texts)
    assert len(found) == len(texts)
    for cell, text in zip(found, texts, strict=True):
        assert not cell.startswith(RUN)
        assert cell in (text, f"'{text}")
