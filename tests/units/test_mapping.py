"""A mapping file reads any CSV or JSON Lines into record tables; what it cannot read is set aside, never guessed."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bonafides.cli.main import COMMAND
from bonafides.errors import BadSettings
from bonafides.sources.mapping import mapping
from bonafides.workflow.ingest import record_tables, sources
from house.source_tree import ROOT
from reading import export, read

BLOCK = re.compile(r"^`([\w.]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MINIMAL = "id: own\ntables:\n  payment:\n    payment_id: P\n    worker_id: W\n    paid_on: %s\n    amount: %s\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(text, "utf-8")
    return path


def test_the_documented_example_does_what_the_page_says(tmp_path: Path) -> None:
    blocks = dict(BLOCK.findall((ROOT / "docs/mapping.md").read_text("utf-8")))
    export(tmp_path, "hr_sheet/staff.csv", blocks["staff.csv"])
    found = read(tmp_path, [written(tmp_path, blocks["hr_sheet.yaml"])])
    ana, bo = found.rows["worker"]
    assert (ana["given_name"], ana["family_name"], str(ana["started_on"])) == ("Ana", "Q Sample", "2026-03-02")
    assert (ana["engagement"], bo.get("engagement")) == ("employee", None)
    assert bo["work_email"] == "bo@acme.example"
    (payee,) = found.rows["payee"]
    assert (payee["worker_id"], payee["method"], payee["event_ref"]) == ("7", "wire", "hr_sheet:7")
    ledger = found.ledger("staff.csv")
    assert ledger.set_aside == {"started_on is no date": 1}
    assert ledger.unread == {}


def test_the_example_is_detected_by_the_command(tmp_path: Path) -> None:
    blocks = dict(BLOCK.findall((ROOT / "docs/mapping.md").read_text("utf-8")))
    for name, text in blocks.items():
        (tmp_path / name).write_text(text, "utf-8")
    call = ["sources", "--mapping", str(tmp_path / "hr_sheet.yaml"), "--detect", str(tmp_path / "staff.csv"), "--json"]
    done = CliRunner().invoke(COMMAND, call)
    best = next(one for one in json.loads(done.stdout) if one["reads"])
    assert (best["source"], best["read"], best["items"]) == ("hr_sheet", 2, 3)


@pytest.mark.parametrize(
    ("paid_on", "amount", "line", "means"),
    [
        ("D", "A", {"P": 1, "W": "1", "D": "2026-03-02", "A": "12.5"}, ("2026-03-02", 12.5)),
        ('{from: D, format: "%m/%d/%Y"}', "A", {"P": 1, "W": 1, "D": "03/02/2026", "A": 12.5}, ("2026-03-02", 12.5)),
        ("D", '{from: A, decimal: ","}', {"P": 1, "W": 1, "D": "2026-03-02", "A": "1.012,50"}, ("2026-03-02", 1012.5)),
        ("D", "{from: A, times: 0.01}", {"P": 1, "W": 1, "D": "2026-03-02", "A": 1250}, ("2026-03-02", 12.5)),
        ("D", "'5\" screens'", {"P": 1, "W": 1, "D": "2026-03-02", '5" screens': 12.5}, ("2026-03-02", 12.5)),
        ("D", "'a\\b'", {"P": 1, "W": 1, "D": "2026-03-02", "a\\b": 12.5}, ("2026-03-02", 12.5)),
        ("x.D", "x.A", {"P": 1, "W": 1, "x": {"D": "2026-03-02", "A": 12.5}}, ("2026-03-02", 12.5)),
        ('{from: [D, T], join: "T", zone: America/Chicago}', "A",
         {"P": 1, "W": 1, "D": "2026-03-02", "T": "20:00:00", "A": 1},
         ("2026-03-03", 1)),
        ("D", "{from: A, values: {none: 0}, else: keep}",
         {"P": 1, "W": 1, "D": "2026-03-02", "A": "3"}, ("2026-03-02", 3)),
    ],
)  # fmt: skip
def test_a_value_comes_as_the_mapping_says(
    tmp_path: Path, paid_on: str, amount: str, line: dict[str, object], means: tuple[str, float]
) -> None:
    export(tmp_path, "own/a.jsonl", json.dumps(line) + "\n")
    found = read(tmp_path, [written(tmp_path, MINIMAL % (paid_on, amount))])
    (row,) = found.rows["payment"]
    assert (str(row["paid_on"]), row["amount"]) == means


@pytest.mark.parametrize(
    ("paid_on", "amount", "line", "reason"),
    [
        ("D", "A", {"P": 1, "W": 1, "D": "soon", "A": 1}, "paid_on is no date"),
        ("D", "A", {"P": 1, "W": 1, "D": "2026-03-02", "A": "much"}, "amount is no number"),
        ("D", "{from: A, values: {none: 0}}", {"P": 1, "W": 1, "D": "2026-03-02", "A": "3"},
         "amount: a value that the mapping does not translate"),
        ("D", "A", {"P": 1, "D": "2026-03-02", "A": 1}, "no worker_id that can be read"),
        ("D", "A", {"P": 1, "W": 1, "D": "1914-03-02", "A": 1}, "paid_on lies before 1970"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_set_aside(
    tmp_path: Path, paid_on: str, amount: str, line: dict[str, object], reason: str
) -> None:
    export(tmp_path, "own/a.jsonl", json.dumps(line) + "\n")
    found = read(tmp_path, [written(tmp_path, MINIMAL % (paid_on, amount))])
    assert found.ledger("a.jsonl").set_aside == {reason: 1}


def test_one_line_that_makes_no_row_of_a_further_table_is_kept(tmp_path: Path) -> None:
    text = (MINIMAL % ("D", "A")) + "  payee:\n    worker_id: W\n    valid_from: D\n    account_token: T\n"
    text = text.replace("valid_from: D", "valid_from: S")
    export(tmp_path, "own/a.jsonl", '{"P":1,"W":1,"D":"2026-03-02","A":1,"T":"tok-483920"}\n')
    found = read(tmp_path, [written(tmp_path, text)])
    assert set(found.rows) == {"payment"}
    assert found.ledger("a.jsonl").kept == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id: [", "a mapping is YAML"),
        ("id: 2026-13-45", "a mapping is YAML"),
        ("[" * 5000, "a mapping is YAML"),
        ("id: own", "has the keys id and tables"),
        ("id: Own Sheet\ntables: {payment: {worker_id: W}}", "id is a folder's name"),
        ("id: own\ntables: {salary: {worker_id: W}}", "no record table is called salary"),
        ("id: own\ntables: {payment: {worker_id: W, payment_id: P}}", "paid_on is required"),
        ("id: own\ntables: {payment: {employee: W}}", "employee is no column"),
        (MINIMAL % ("D", "{from: A, plus: 1}"), "plus is none of"),
        (MINIMAL % ("D", "{from: A, value: 1}"), "either `from` or `value`"),
        (MINIMAL % ("D", "{from: A, times: many}"), "times is a number"),
        (MINIMAL % ("D", "{from: A, times: .inf}"), "times is a number"),
        (MINIMAL % ("D", '{from: A, decimal: ";"}'), "decimal is"),
        (MINIMAL % ("D", '{from: A, format: "%d"}'), "format is for times"),
        (MINIMAL % ("{from: D, format: dd.mm}", "A"), "format is written with"),
        (MINIMAL % ('{from: D, format: "%Q"}', "A"), "format is written with"),
        (MINIMAL % ('{from: D, format: "%d.%m.%"}', "A"), "format is written with"),
        (MINIMAL % ("{from: D, zone: Berlin}", "A"), "zone is the name"),
        (MINIMAL % ("{from: D, zone: {city: Berlin}}", "A"), "zone is the name"),
        (MINIMAL % ("{from: D, decimal: ','}", "A"), "decimal is for numbers"),
        (MINIMAL % ("W.day", "A"), "read as a value and as an object"),
        (MINIMAL % ("3", "A"), "named by a text"),
        (MINIMAL % ("{from: D, join: x}", "A"), "join needs a list"),
        (MINIMAL % ("{from: D, values: [x]}", "A"), "values maps"),
        ((MINIMAL % ("D", "A")) + "ignores: {a: b}\n", "ignores lists names"),
    ],
)  # fmt: skip
def test_a_mapping_written_wrongly_is_refused_by_file_and_key(text: str, says: str) -> None:
    with pytest.raises(BadSettings, match=re.escape(says)) as caught:
        mapping(text, "own.yaml", record_tables())
    assert str(caught.value).startswith("own.yaml")


def test_a_mapping_takes_no_name_that_a_source_has(tmp_path: Path) -> None:
    path = written(tmp_path, (MINIMAL % ("D", "A")).replace("id: own", "id: okta_system_log"))
    with pytest.raises(BadSettings, match="called okta_system_log already"):
        sources([path])


def test_columns_of_a_file_may_be_called_as_ours_are(tmp_path: Path) -> None:
    text = "id: own\nitem_id: [item]\ntables:\n  payment:\n"
    text += "    payment_id: item\n    worker_id: company\n    paid_on: path\n    amount: '\"No. 1\"'\n"
    export(tmp_path, "own/a.csv", "item,company,path,No. 1\nx1,W-1,2026-03-02,5\nx1,W-1,2026-03-02,5\n")
    found = read(tmp_path, [written(tmp_path, text)])
    (row,) = found.rows["payment"]
    assert (row["event_ref"], row["worker_id"], row["amount"]) == ("own:x1", "W-1", 5)
    assert found.ledger("a.csv").duplicates == 1


def test_a_number_that_the_column_cannot_hold_is_set_aside(tmp_path: Path) -> None:
    text = "id: own\ntables:\n  sign_in:\n    occurred_at: D\n    actor_email: W\n    asn: {from: A, times: 1000}\n"
    lines = [{"D": "2026-03-02T08:00:00Z", "W": "ana@acme.example", "A": n} for n in (64.5, 1e30)]
    export(tmp_path, "own/a.jsonl", "\n".join(map(json.dumps, lines)))
    found = read(tmp_path, [written(tmp_path, text)])
    assert [row["asn"] for row in found.rows["sign_in"]] == [64500]
    assert found.ledger("a.jsonl").set_aside == {"asn is no whole number": 1}
