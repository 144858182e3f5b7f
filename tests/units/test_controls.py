"""Every control's cases; every condition noticed by some case; what cannot be told says why."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bonafides.controls.base import check, kept
from bonafides.indicators.base import CLAIMS
from bonafides.store.duckdb import EngineError, Store
from bonafides.store.portable import without_one_condition
from bonafides.store.sql import tables_read
from bonafides.workflow.detect import controls
from bonafides.workflow.ingest import record_tables
from bonafides.workflow.readiness import EFFORT, gather, ranked
from indicator_cases import filled, shape

HERE = Path(__file__).parent / "controls"
CONTROLS = controls()


def cases(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((HERE / name / "cases.yaml").read_text("utf-8")))


def held(store: Store, sql: str) -> dict[str, bool] | str:
    try:
        return {row["subject_id"]: row["is_kept"] for row in store.rows(kept(sql))}
    except EngineError:
        return "refused"


@pytest.mark.parametrize("name", sorted(CONTROLS))
def test_a_control_says_for_whom_it_held(name: str) -> None:
    for case in cases(name):
        assert held(filled(case["given"]), CONTROLS[name].sql) == case["expect"], case["who"]


@pytest.mark.parametrize("name", sorted(CONTROLS))
def test_some_case_holds_and_some_fails(name: str) -> None:
    seen = {was_kept for case in cases(name) for was_kept in case["expect"].values()}
    assert seen == {True, False}


@pytest.mark.parametrize("name", sorted(CONTROLS))
def test_every_condition_is_noticed_by_some_case(name: str) -> None:
    stores = [filled(case["given"]) for case in cases(name)]
    before = [held(store, CONTROLS[name].sql) for store in stores]
    unnoticed = [
        condition
        for condition, other in without_one_condition(CONTROLS[name].sql)
        if [held(store, other) for store in stores] == before
    ]
    assert not unnoticed


@pytest.mark.parametrize("name", sorted(CONTROLS))
def test_a_control_is_about_a_claim_and_needs_columns_that_there_are(name: str) -> None:
    one = CONTROLS[name]
    assert one.claim in CLAIMS
    for need in one.needs:
        for table, column in need:
            assert column in shape(table)
    assert {table for need in one.needs for table, _ in need} & (tables_read(one.sql) | set(record_tables()))


def test_a_folder_of_cases_for_every_control_and_no_other() -> None:
    assert {p.name for p in HERE.iterdir()} == set(CONTROLS)


def test_what_holds_fails_or_cannot_be_told_is_said_by_company() -> None:
    subjects = [
        {"company": "acme", "subject_id": "s1", "subject_kind": "worker"},
        {"company": "acme", "subject_id": "s2", "subject_kind": "worker"},
        {"company": "brink", "subject_id": "s1", "subject_kind": "worker"},
        {"company": "crest", "subject_id": "s1", "subject_kind": "worker", "work_arrangement": "onsite"},
        {"company": "dune", "subject_id": "s1", "subject_kind": "worker"},
    ]
    seen = [
        {"company": of, "subject_id": "s1", "kind": "in_person", "outcome": "pass"} for of in ("acme", "crest", "dune")
    ]
    store = filled({"subject": subjects, "verification": seen})
    check(store, {"live_identity_check": CONTROLS["live_identity_check"]})
    told = {
        row["company"]: (row["outcome"], row["held"], row["concerned"], row["why"])
        for row in store.rows("SELECT * FROM control")
    }
    assert told == {
        "acme": ("fails", 1, 2, None),
        "brink": ("cannot be told", None, None, "no data: verification.kind"),
        "crest": ("cannot be told", None, None, "concerns nobody here"),
        "dune": ("holds", 1, 1, None),
    }


def test_readiness_counts_workers_of_whom_nothing_basic_was_tested() -> None:
    people = [
        {"company": "acme", "subject_kind": "worker", "untested": "identity;location;custody;payee;history"},
        {"company": "acme", "subject_kind": "worker", "untested": "identity"},
        {"company": "acme", "subject_kind": "worker", "untested": None},
        {"company": "acme", "subject_kind": "applicant", "untested": "identity;location;custody;payee"},
    ]
    asked = [
        {
            "company": "acme",
            "indicator": "a",
            "claim": "payee",
            "outcome": "skipped",
            "why": "no data: payment or payee.wallet",
        },
        {"company": "acme", "indicator": "b", "claim": "payee", "outcome": "ran", "why": None},
        {"company": "acme", "indicator": "c", "claim": "payee", "outcome": "failed", "why": "broken"},
    ]
    (one,) = gather(people, asked, [])
    assert (one.workers, one.blind) == (3, 1)
    claims = {c.claim: c for c in one.claims}
    assert (claims["identity"].untested, claims["history"].untested) == (2, 1)
    assert (claims["payee"].asked, claims["payee"].indicators) == (1, 3)
    (data,) = claims["payee"].would_test
    assert (data.indicators, data.effort) == (("a",), "low")


def test_what_is_missing_is_ranked_by_effort_and_then_by_what_it_allows() -> None:
    found = ranked(
        {"verification.kind": "abc", "payee.method": "a", "worker.street": "ab", "process.image or sign_in.ip": "x"}
    )
    assert [(d.needs, d.effort) for d in found] == [
        ("worker.street", "low"), ("payee.method", "low"), ("process.image or sign_in.ip", "low"),
        ("verification.kind", "high"),
    ]  # fmt: skip


def test_every_record_table_has_its_effort() -> None:
    assert set(EFFORT) == set(record_tables())
