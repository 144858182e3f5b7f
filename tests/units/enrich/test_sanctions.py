"""Payees and wallets held against lists of sanctions: each list's shape, its day, and what a name is worth."""

import json
from pathlib import Path

import pytest

from bonafides.enrich.sanctions import derive, read
from bonafides.errors import BadSettings
from bonafides.indicators.evaluation import evaluate
from bonafides.settings import Settings
from bonafides.store.duckdb import Store
from indicator_cases import INDICATORS, filled

WALLET = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"
BLANK = '"-0- "'
SDN = (
    f'7,"SAMPLE TRADING COMPANY",{",".join([BLANK] * 9)},"Digital Currency Address - XBT {WALLET}; alt."\n'
    f'8,"NOBODY, Alder Birch","individual","PROGRAM",{",".join([BLANK] * 8)}\n\x1a\n'
)
ALT = '7,12,"aka","Sample Import Export","-0- "\n'
TARGETS = (
    "id,schema,name,aliases,birth_date,countries,addresses,identifiers\n"
    "os-1,Person,Alder Birch Nobody,Al Nobody;A. B. Nobody,,,,\n"
    f"os-2,CryptoWallet,,,,,,{WALLET}\n"
)
ENTITIES = "\n".join(
    json.dumps(told)
    for told in (
        {"id": "os-1", "schema": "Person", "properties": {"name": ["Alder Birch Nobody"], "alias": ["Al Nobody"]}},
        {"id": "os-2", "schema": "CryptoWallet", "properties": {"publicKey": [WALLET]}},
    )
)


def written(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "names", "wallets"),
    [
        (SDN, {("SAMPLE TRADING COMPANY", "7"), ("NOBODY, Alder Birch", "8")}, {(WALLET, "7")}),
        (ALT, {("Sample Import Export", "7")}, set()),
        (
            TARGETS,
            {("Alder Birch Nobody", "os-1"), ("Al Nobody", "os-1"), ("A. B. Nobody", "os-1")},
            {(WALLET, "os-2")},
        ),
        (ENTITIES, {("Alder Birch Nobody", "os-1"), ("Al Nobody", "os-1")}, {(WALLET, "os-2")}),
    ],
    ids=["sdn", "alt", "targets", "entities"],
)
def test_a_list_is_read_in_its_own_shape(
    tmp_path: Path, text: str, names: set[tuple[str, str]], wallets: set[tuple[str, str]]
) -> None:
    found = list(read(written(tmp_path, text)))
    assert {(e.value, e.entry) for e in found if e.what == "name"} == names
    assert {(e.value, e.entry) for e in found if e.what == "wallet"} == wallets


@pytest.mark.parametrize("text", ["name,town\nAna,Here\n", '{"id": "x"}\n', "{broken\n", "7,only,three\n"])
def test_a_file_that_is_no_list_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadSettings, match=r"list\.csv"):
        list(read(written(tmp_path, text)))


def screened(tmp_path: Path, day: str = "2026-02-20", holder: str = "Alder Birch Nobodi") -> tuple[Store, list[str]]:
    payee = [
        {"subject_id": "s1", "holder_name": holder, "valid_from": "2026-03-02", "event_ref": "p:1"},
        {"subject_id": "s2", "wallet": WALLET, "valid_from": "2026-03-02", "event_ref": "p:2"},
    ]
    seen = {"subject_id": "s2", "kind": "wallet", "value": WALLET, "via": "payee:wallet"}
    at = {"first_at": "2026-03-02 00:00:00", "last_at": "2026-03-02 00:00:00", "first_ref": "p:2"}
    store = filled({"payee": payee, "sighting": [{**seen, **at}]})
    return store, derive(store, {str(written(tmp_path, SDN)): day})


def found(store: Store) -> dict[tuple[str, str], float]:
    rows = store.rows("SELECT subject_id, what, likeness FROM listed")
    return {(row["subject_id"], row["what"]): row["likeness"] for row in rows}


def test_a_wallet_is_the_same_and_a_name_is_alike(tmp_path: Path) -> None:
    store, stale = screened(tmp_path)
    told = found(store)
    assert told[("s2", "wallet")] == 100 and 92 <= told[("s1", "name")] < 100
    assert stale == []
    names = ("wallet_on_sanctions_list", "payee_named_as_listed")
    evaluate(store, {name: INDICATORS[name] for name in names})
    assert {(r["subject_id"], r["indicator"]) for r in store.rows("SELECT * FROM finding")} == {
        ("s2", "wallet_on_sanctions_list"), ("s1", "payee_named_as_listed"),
    }  # fmt: skip


@pytest.mark.parametrize("holder", ["Alder Else", "Nobody", "Ana Sample", "样本"])
def test_another_name_is_not_alike(tmp_path: Path, holder: str) -> None:
    store, _ = screened(tmp_path, holder=holder)
    assert ("s1", "name") not in found(store)


def test_a_stale_list_says_so(tmp_path: Path) -> None:
    store, stale = screened(tmp_path, day="2025-03-02")
    assert stale == ["list.csv: of 2025-03-02, 365 days older than the newest record"]
    assert store.value("SELECT is_stale FROM sanctions_list") is True


def test_without_a_list_the_question_is_skipped_and_not_answered(tmp_path: Path) -> None:
    store = filled({"payee": [{"subject_id": "s1", "wallet": WALLET, "holder_name": "A B"}]})
    assert derive(store, {}) == []
    evaluate(store, {"wallet_on_sanctions_list": INDICATORS["wallet_on_sanctions_list"]})
    (row,) = store.rows("SELECT outcome, why FROM evaluation")
    assert row["outcome"] == "skipped" and "sanctions_list" in row["why"]


def test_a_list_without_a_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="with its day"):
        screened(tmp_path, day="last week")


def test_settings_take_a_day_as_yaml_writes_it(tmp_path: Path) -> None:
    path = written(tmp_path, "sanctions:\n  /data/sdn.csv: 2026-11-01\n", "settings.yaml")
    assert Settings.read(path).sanctions == {"/data/sdn.csv": "2026-11-01"}
