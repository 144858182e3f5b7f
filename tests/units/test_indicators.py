"""Every indicator's cases: those that fire, near misses that stay quiet; every condition noticed by some case."""

import json
from pathlib import Path
from typing import Any

import pytest

from bonafides.indicators.base import RETURNS
from bonafides.indicators.evaluation import evaluate
from bonafides.store.duckdb import EngineError, Store
from bonafides.store.portable import without_one_condition
from indicator_cases import CASES, INDICATORS, filled, read

ALL = [pytest.param(name, case, id=f"{name}-{case.stem}") for name, cases in CASES.items() for case in cases]


@pytest.mark.parametrize(("name", "case"), ALL)
def test_case_gives_the_expected_findings(name: str, case: Path) -> None:
    doc = read(case)
    store = filled(doc["given"])
    evaluate(store, {name: INDICATORS[name]})
    failed = store.rows("SELECT why FROM evaluation WHERE outcome = 'failed'")
    assert not failed, failed
    found = store.rows("SELECT * FROM finding ORDER BY company, subject_id, value")
    told = [{**row, **json.loads(row["because"])} for row in found]
    assert [{k: _plain(row[k], want[k]) for k in want} for row, want in zip(told, doc["expect"], strict=False)] == doc[
        "expect"
    ]
    assert len(told) == len(doc["expect"]), told


def _plain(value: Any, wanted: Any) -> Any:
    if isinstance(wanted, float):
        return round(float(value), 2)
    return str(value) if isinstance(wanted, str) and not isinstance(value, str) and value is not None else value


@pytest.mark.parametrize("name", sorted(CASES))
def test_has_a_case_that_fires_and_one_that_stays_quiet(name: str) -> None:
    stems = {case.stem.split("_")[0] for case in CASES[name]}
    assert {"fires", "quiet"} <= stems
    for case in CASES[name]:
        assert bool(read(case)["expect"]) == case.stem.startswith("fires"), case


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_condition_is_noticed_by_some_case(name: str) -> None:
    sql = INDICATORS[name].sql
    stores = [filled(read(case)["given"]) for case in CASES[name]]
    before = [_rows(store, sql) for store in stores]
    unnoticed = [
        condition
        for condition, other in without_one_condition(sql)
        if [_rows(store, other) for store in stores] == before
    ]
    assert not unnoticed


def _rows(store: Store, sql: str) -> list[str] | str:
    try:
        return sorted(str(row) for row in store.rows(f"SELECT {', '.join(RETURNS)} FROM ({sql})"))
    except EngineError:
        return "refused"
