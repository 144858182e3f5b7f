"""The same SQL as another engine spells it: calls of our functions are put, all else stays as it is."""

import pytest
import sqlglot
from sqlglot import exp

from bonafides.errors import BadUnit
from bonafides.store import shims, shims_spark
from bonafides.store.portable import not_portable
from bonafides.store.spelling import Spelling, macros

SPELLING = Spelling(
    {"twice(x)": "(x + x)", "shown(a, b)": "concat(a, twice(b))", "round(x, n)": "(round(x * n) / n)"},
    {"VARCHAR": "STRING"},
    shims_spark.quoted,
)


@pytest.mark.parametrize(
    ("told", "put"),
    [
        ("SELECT twice(a)", "SELECT (a + a)"),
        ("SELECT twice( f(a, 'b)') )", "SELECT ((f(a, 'b)')) + (f(a, 'b)')))"),
        ("SELECT shown(a, twice(b))", "SELECT concat(a, (((b + b)) + ((b + b))))"),
        ("SELECT round(a, 2), round(b)", "SELECT (round(a * (2)) / (2)), round(b)"),
        ("SELECT twice FROM t -- twice(x)", "SELECT twice FROM t -- twice(x)"),
        ("SELECT 'twice(x) VARCHAR', CAST(a AS VARCHAR)", "SELECT 'twice(x) VARCHAR', CAST(a AS STRING)"),
        ("SELECT 'it''s', 'plain'", "SELECT concat('it', chr(39), 's'), 'plain'"),
        ("SELECT TWICE(a)", "SELECT (a + a)"),
    ],
)
def test_what_is_put(told: str, put: str) -> None:
    assert SPELLING.spelled(told) == put


def test_a_call_that_does_not_end_is_refused() -> None:
    with pytest.raises(BadUnit, match="not closed"):
        SPELLING.spelled("SELECT twice(a")


def test_every_function_of_spark_is_one_of_ours_with_the_same_parameters() -> None:
    ours, theirs = macros(shims.MACROS), macros(shims_spark.MACROS)
    for name, (parameters, _) in theirs.items():
        if name != "micros":  # which only the others there call
            assert ours[name][0] == parameters, name


@pytest.mark.parametrize("head", sorted(shims_spark.MACROS))
def test_a_body_holds_together_wherever_it_is_put(head: str) -> None:
    body = shims_spark.MACROS[head]
    tree = sqlglot.parse_one(f"1 / {body}", read="spark")
    assert isinstance(tree, exp.Div) and isinstance(tree.this, exp.Literal), body
    assert sqlglot.parse_one(body, read="spark") == tree.expression


@pytest.mark.parametrize(
    ("sql", "is_portable"),
    [
        ("SELECT count(*) / 3.0 FROM t", False),
        ("SELECT count(*) / 3e0 FROM t", True),
        ("SELECT avg(CASE WHEN a THEN 1.0 ELSE 0.0 END) FROM t", False),
        ("SELECT avg(CASE WHEN b > 0.5 THEN 1e0 ELSE 0e0 END) FROM t", True),
        ("SELECT 2.5 * a / b FROM t", False),
        ("SELECT sum(CASE WHEN a > 0.5 THEN b END) / 2 FROM t", True),
        ("SELECT round(a, 2) FROM t", False),
        ("SELECT round(a), rounded(a, 2) FROM t", True),
        ("SELECT 0.8 * a FROM t WHERE b > 1.5", True),
    ],
)
def test_decimals_are_not_divided(sql: str, is_portable: bool) -> None:
    assert (not_portable(sql) == []) == is_portable
