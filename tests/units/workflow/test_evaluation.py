"""Figures of an evaluation against values worked out by hand."""

import csv
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from bonafides.derived.assessment import TABLE
from bonafides.errors import BadSettings
from bonafides.records.base import SQL_TYPE
from bonafides.store.duckdb import Store
from bonafides.workflow.evaluate import Evaluation, average_precision, evaluate

# company, subject, kind, stand_in, tier, explanation, network said | hypothesis, circumstance, network, facilitator,
# name group, wages, person
WORLD = [
    ("acme", "s1", "worker", 0.95, "urgent", "stand_in", "N-1", "stand_in", "", "n1", "f1", "A", 100.0, "p1"),
    ("beta", "s2", "worker", 0.60, "review", "stand_in", "N-1", "stand_in", "", "n1", "f1", "B", 50.5, "p1"),
    ("acme", "s3", "worker", 0.55, "review", "stand_in", "N-1", "genuine", "household", "", "", "A", 9.0, "p3"),
    ("acme", "s4", "worker", 0.20, "watch", "genuine", None, "stand_in", "", "n2", "f2", "A", 25.0, "p4"),
    ("acme", "s5", "worker", 0.05, "watch", "genuine", None, "genuine", "vpn;household", "", "", "A", 9.0, "p5"),
    ("acme", "s6", "worker", 0.0005, "clear", "genuine", None, "genuine", "", "", "", "B", 9.0, "p6"),
    ("beta", "s7", "worker", 0.0004, "clear", "genuine", None, "genuine", "", "", "", "B", 9.0, "p7"),
    ("beta", "s8", "worker", 0.0003, "clear", "genuine", None, "genuine", "", "", "", "B", 9.0, "p8"),
    ("beta", "s9", "worker", 0.0002, "watch", "elsewhere", None, "elsewhere", "nomad", "", "", "B", 9.0, "p9"),
    ("beta", "a1", "applicant", 0.70, "review", "stand_in", None, "stand_in", "", "n1", "f1", "A", 0.0, ""),
    ("beta", "a2", "applicant", 0.01, "clear", "genuine", None, "genuine", "", "", "", "A", 0.0, ""),
]


def workspace(folder: Path, rows: list[tuple[Any, ...]], known_as: Sequence[tuple[str, str, str]] = ()) -> Path:
    """A workspace with one published run, as far as an evaluation reads it."""
    run = folder / "runs" / "r1"
    run.mkdir(parents=True)
    (folder / "latest").symlink_to(Path("runs") / "r1", target_is_directory=True)
    store = Store()
    said = {
        "company": [r[0] for r in rows],
        "subject_id": [r[1] for r in rows],
        "subject_kind": [r[2] for r in rows],
        "stand_in": [r[3] for r in rows],
        "tier": [r[4] for r in rows],
        "explanation": [r[5] for r in rows],
        "network_id": [r[6] for r in rows],
    }
    types = {c.name: SQL_TYPE[c.type] for c in TABLE.columns}
    store.load("assessment", {n: said.get(n, [None] * len(rows)) for n in types}, types)
    store.write("SELECT * FROM assessment", run / "assessment.parquet")
    store.load("network_member", {"network_id": [], "company": []}, {"network_id": "VARCHAR", "company": "VARCHAR"})
    store.write("SELECT * FROM network_member", run / "network_member.parquet")
    names = ("company", "subject_id", "known_as")
    known = {name: [row[n] for row in known_as] for n, name in enumerate(names)}
    store.load("known_as", known, dict.fromkeys(names, "VARCHAR"))
    store.write("SELECT * FROM known_as", run / "known_as.parquet")
    store.close()
    return folder


def truth(path: Path, rows: list[tuple[Any, ...]]) -> Path:
    names = ("hypothesis", "circumstance", "network", "facilitator", "name_group", "wages", "person")
    with path.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("company", "subject_id", *names))
        writer.writerows((r[0], r[1], *r[7:]) for r in rows)
    return path


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    folder = tmp_path_factory.mktemp("evaluation")
    return evaluate(workspace(folder / "ws", WORLD), truth(folder / "truth.csv", WORLD))


def test_average_precision_is_the_mean_of_the_precision_at_each_hit(found: Evaluation) -> None:
    assert found.average_precision == round((1 / 1 + 2 / 2 + 3 / 4) / 3, 4) == 0.9167
    assert average_precision([False, True]) == 0.5
    assert average_precision([]) is None and average_precision([False]) is None


def test_workers_and_applicants_are_counted_apart(found: Evaluation) -> None:
    assert (found.subjects, found.stand_ins, found.not_assessed) == (9, 3, 0)
    assert found.applicants["subjects"] == 2 and found.applicants["stand_ins"] == 1
    assert found.applicants["listed"] == 1 and found.applicants["false_alarms"] == 0


def test_precision_and_recall_of_what_is_listed(found: Evaluation) -> None:
    assert found.at_review == {"listed": 3.0, "precision": 0.6667, "recall": 0.6667}
    assert found.at_threshold["0.1"] == {"listed": 4.0, "precision": 0.75, "recall": 1.0}
    assert found.at_threshold["0.9"] == {"listed": 1.0, "precision": 1.0, "recall": 0.3333}
    assert found.at_budget["10"] == {"listed": 9.0, "precision": 0.3333, "recall": 1.0}


def test_false_alarms_are_genuine_workers_who_are_listed(found: Evaluation) -> None:
    assert found.false_alarms == 1
    assert found.false_alarms_per_10000 == 2000.0
    alarms = {name: (told["subjects"], told["alarms"]) for name, told in found.by_circumstance.items()}
    assert alarms == {"household": (2, 1), "vpn": (1, 0), "none": (3, 0), "nomad": (1, 0)}


def test_name_groups_are_compared_by_fishers_exact_test(found: Evaluation) -> None:
    """Of five genuine workers one is listed, and is one of the two of group A: chance brings that in 2 of 5 cases."""
    assert found.by_name_group["A"]["chance"] == pytest.approx(0.4)
    assert found.by_name_group["A"] == {"subjects": 2, "alarms": 1, "chance": pytest.approx(0.4), "beyond_chance": 0.0}
    assert found.by_name_group["B"]["alarms"] == 0


def test_networks_are_compared_by_pairs(found: Evaluation) -> None:
    """Said: s1, s2 and s3 together, three pairs; true: s1 and s2, one pair."""
    assert found.networks["pair_precision"] == 0.3333
    assert found.networks["pair_recall"] == 1.0
    assert found.networks["pair_f1"] == 0.5
    assert (found.networks["true_networks"], found.networks["networks"]) == (2.0, 1.0)
    assert (found.networks["true_facilitators"], found.networks["facilitators"]) == (2.0, 1.0)


def test_what_stand_ins_held_is_counted_by_person(found: Evaluation) -> None:
    assert found.identities == {
        "engagements": 3, "engagements_found": 2, "identities": 2, "identities_found": 1, "companies": 2,
        "companies_found": 2, "wages": 175.5, "wages_found": 150.5,
    }  # fmt: skip


def test_calibration_tells_what_was_said_beside_what_was(found: Evaluation) -> None:
    bands = {c["from"]: (c["subjects"], c["said"], c["were"]) for c in found.calibration}
    assert bands[0.0] == (4, round((0.0005 + 0.0004 + 0.0003 + 0.0002) / 4, 4), 0.0)
    assert bands[0.1] == (1, 0.2, 1.0)
    assert bands[0.5] == (2, round((0.60 + 0.55) / 2, 4), 0.5)
    assert bands[0.9] == (1, 0.95, 1.0)


def test_explanations_are_shares_of_each_true_hypothesis(found: Evaluation) -> None:
    assert found.explanations["stand_in"] == {"subjects": 3.0, "genuine": 0.3333, "stand_in": 0.6667}
    assert found.explanations["elsewhere"] == {"subjects": 1.0, "elsewhere": 1.0}


def test_who_was_not_assessed_counts_as_not_found(tmp_path: Path) -> None:
    known = [r for r in WORLD if r[1] != "s1"]
    found = evaluate(workspace(tmp_path / "ws", known), truth(tmp_path / "truth.csv", WORLD))
    assert found.not_assessed == 1
    assert found.at_review["recall"] == 0.3333


def test_in_a_quiet_world_there_is_nothing_to_divide_by(tmp_path: Path) -> None:
    quiet = [r for r in WORLD if r[7] == "genuine"]
    found = evaluate(workspace(tmp_path / "ws", quiet), truth(tmp_path / "truth.csv", quiet))
    assert found.average_precision is None and found.at_review["recall"] is None
    assert found.networks["pair_recall"] is None
    assert asdict(found) == found.plain()


def test_a_truth_without_its_columns_and_a_workspace_without_a_run_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("company,who\nacme,s1\n")
    with pytest.raises(BadSettings, match="the truth lacks subject_id, hypothesis"):
        evaluate(workspace(tmp_path / "ws", WORLD), tmp_path / "bad.csv")
    with pytest.raises(BadSettings, match="no published run"):
        evaluate(tmp_path / "nowhere", tmp_path / "bad.csv")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"\xff\xfe\x00", "cannot be read as a truth"),
        (b"company,subject_id,hypothesis\nacme,s1,fraud\n", "none of genuine, elsewhere"),
        (b"company,subject_id,hypothesis\nacme,s1,\n", "none of genuine, elsewhere"),
        (b"company,subject_id,hypothesis,wages\nacme,s1,stand_in,much\n", "wages are no number"),
    ],
)
def test_a_truth_that_cannot_be_meant_is_refused(text: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_bytes(text)
    with pytest.raises(BadSettings, match=says):
        evaluate(workspace(tmp_path / "ws", WORLD), tmp_path / "bad.csv")


def test_a_truth_may_name_people_by_any_id_that_the_company_has_of_them(tmp_path: Path) -> None:
    (first, *rest) = WORLD
    renamed = [(first[0], "other id", *first[2:]), *rest]
    by_own = evaluate(workspace(tmp_path / "a", WORLD), truth(tmp_path / "truth.csv", WORLD))
    known = workspace(tmp_path / "b", WORLD, [(first[0], first[1], "other id"), ("elsewhere", "x", first[1])])
    assert evaluate(known, truth(tmp_path / "renamed.csv", renamed)) == by_own
    unknown = evaluate(workspace(tmp_path / "c", WORLD), tmp_path / "renamed.csv")
    assert unknown.not_assessed == by_own.not_assessed + 1
