"""Every indicator's cases on Apache Spark: the same SQL text, the same findings as the default engine's."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from bonafides.store.duckdb import Store
from bonafides.store.spark import SparkStore
from indicator_cases import CASES, DERIVED, INDICATORS, RECORDS, filled, read, shape

FOLDED = {" Łódź": "lodz", "WEIẞ": "weiss", "Øst": "ost", "Đà": "da", "Iğdır": "igdir", "Ægir": "aegir", "Þór": "thor"}
FOLDED |= {"Müller": "muller", "Œuvre": "oeuvre", "O Brien": "o brien", "Jiří": "jiri", "Ħal": "hal"}


@pytest.fixture(scope="module")
def spark_store(spark: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkStore]:
    """All tables, empty."""
    own = Store()
    store = SparkStore(spark, tmp_path_factory.mktemp("spark"), own)
    for table in (*RECORDS, *DERIVED):
        types = shape(table)
        store.load(table, {name: [] for name in types}, types)
    yield store
    own.close()


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in row.items()}


@pytest.mark.parametrize("name", sorted(INDICATORS))
def test_the_cases_of_an_indicator_give_the_same_on_both_engines(name: str, spark_store: SparkStore) -> None:
    for case in CASES[name]:
        own = filled(read(case)["given"])
        tables = sorted(INDICATORS[name].reads)
        for table in tables:
            columns = own.rows(f"SELECT * FROM {table}")
            types = shape(table)
            spark_store.load(table, {c: [row[c] for row in columns] for c in types}, types)
        expected = sorted(map(_plain, own.rows(INDICATORS[name].sql)), key=str)
        found = sorted(map(_plain, spark_store.rows(INDICATORS[name].sql)), key=str)
        assert found == expected, case


def test_names_are_folded_alike_on_both_engines(spark_store: SparkStore) -> None:
    sql = "SELECT " + ", ".join(f"folded('{name}') AS n{n}" for n, name in enumerate(FOLDED))
    (ours,), (theirs,) = Store().rows(sql), spark_store.rows(sql)
    assert list(ours.values()) == list(theirs.values()) == list(FOLDED.values())
