"""Promises that every indicator keeps without its author writing a test."""

import pytest

from bonafides.indicators.base import BASES, CLAIMS, HYPOTHESES, sentence
from bonafides.indicators.evaluation import evaluate
from bonafides.store.portable import not_portable
from bonafides.store.sql import tables_read
from indicator_cases import CASES, INDICATORS, RECORDS, filled, needed, read, shape

NAMES = sorted(INDICATORS)


@pytest.mark.parametrize("name", NAMES)
def test_lies_in_the_folder_of_its_claim(name: str) -> None:
    assert CASES[name], f"tests/units/indicators/{INDICATORS[name].claim}/{name} holds no case"
    assert INDICATORS[name].claim in CLAIMS and INDICATORS[name].basis in BASES


@pytest.mark.parametrize("name", NAMES)
def test_keeps_to_the_portable_profile(name: str) -> None:
    assert not_portable(INDICATORS[name].sql) == []


@pytest.mark.parametrize("name", NAMES)
def test_reads_normalised_tables_only(name: str) -> None:
    read_tables = tables_read(INDICATORS[name].sql)
    assert not read_tables & {"finding", "assessment", "contribution", "evaluation"}
    for table, column in needed(INDICATORS[name]):
        assert column in shape(table), f"{table}.{column}"


@pytest.mark.parametrize("name", NAMES)
def test_without_data_it_is_skipped_with_the_reason(name: str) -> None:
    store = filled({"subject": [{"company": "acme", "subject_id": "s1", "subject_kind": "worker"}]})
    if not needed(INDICATORS[name]):
        pytest.fail("an indicator needs something")
    evaluate(store, {name: INDICATORS[name]})
    (row,) = store.rows("SELECT outcome, why FROM evaluation")
    assert row["outcome"] == "skipped" and row["why"].startswith("no data: ")


@pytest.mark.parametrize("name", NAMES)
def test_each_need_that_is_missing_makes_it_skipped(name: str) -> None:
    """A renamed column arrives as NULL everywhere: silence about it would read as a clean result."""
    case = next(c for c in CASES[name] if c.stem.startswith("fires"))
    for need in INDICATORS[name].needs:
        given = read(case)["given"]
        for table, column in need:
            for row in given.get(table, []):
                row[column] = None
        if any(not given.get(t) for n in INDICATORS[name].needs if n != need for t, _ in n[:1]):
            continue
        store = filled(given)
        evaluate(store, {name: INDICATORS[name]})
        assert store.value("SELECT count(*) FROM evaluation WHERE outcome = 'ran' AND company = 'acme'") == 0, need
        assert store.value("SELECT count(*) FROM finding WHERE company = 'acme'") == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_table_makes_it_skipped(name: str) -> None:
    case = next(c for c in CASES[name] if c.stem.startswith("fires"))
    for table in INDICATORS[name].reads:
        if table == "subject":
            continue
        store = filled(read(case)["given"])
        store.execute(f"DROP TABLE {table}")
        evaluate(store, {name: INDICATORS[name]})
        assert store.value("SELECT count(*) FROM evaluation WHERE outcome <> 'skipped'") == 0, table


@pytest.mark.parametrize("name", NAMES)
def test_cases_hold_what_it_needs_so_that_quiet_means_looked(name: str) -> None:
    for case in CASES[name]:
        store = filled(read(case)["given"])
        evaluate(store, {name: INDICATORS[name]})
        assert store.value("SELECT count(*) FROM evaluation WHERE outcome = 'ran'") > 0, case


@pytest.mark.parametrize("name", NAMES)
def test_says_a_sentence_that_its_findings_fill(name: str) -> None:
    indicator = INDICATORS[name]
    told = sentence(indicator, dict.fromkeys(indicator.placeholders, 1))
    assert "{" not in told and told.endswith(".")
    assert indicator.why and indicator.resolve and indicator.benign
    assert all(weight == round(weight, 2) and abs(weight) <= 30 for weight in indicator.weights.values())


@pytest.mark.parametrize("name", NAMES)
def test_weighs_on_something(name: str) -> None:
    assert any(INDICATORS[name].weights[h] for h in HYPOTHESES)


def test_every_record_table_that_indicators_could_read_exists() -> None:
    assert {t for i in INDICATORS.values() for t in i.reads if t in RECORDS} <= set(RECORDS)
