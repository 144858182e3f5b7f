"""What the two engagements of one person are told by the same value counts once between them; what joins a network."""

from typing import Any

import pytest

from bonafides.assessment.standing import assess, echo, joining
from bonafides.settings import Settings
from bonafides.store.duckdb import Store
from indicator_cases import filled

HERE, THERE = ("acme", "w1"), ("globex", "w7")
FINDING = {"step": "finding", "what": "shared_exit", "value": "198.51.100.7", "stand_in": 7.65, "is_counted": True}


def echoes(there: dict[str, Any], free: float = 0.05) -> list[float]:
    store = Store()
    store.execute("CREATE TABLE hub AS SELECT 1 AS hub, " + f"CAST({free} AS DOUBLE) AS free")
    members = [HERE, THERE, ("initech", "w9")]
    store.load(
        "hub_member",
        {"hub": [1, 1, 1], "company": [c for c, _ in members], "subject_id": [s for _, s in members]},
        {"hub": "INTEGER", "company": "VARCHAR", "subject_id": "VARCHAR"},
    )
    rows = [{**FINDING, "who": HERE}, {**FINDING, **there, "who": THERE}]
    store.load(
        "contribution",
        {
            "company": [row["who"][0] for row in rows],
            "subject_id": [row["who"][1] for row in rows],
            **{name: [row[name] for row in rows] for name in FINDING},
        },
        {
            **dict.fromkeys(("company", "subject_id", "step", "what", "value"), "VARCHAR"),
            "stand_in": "DOUBLE",
            "is_counted": "BOOLEAN",
        },
    )
    return [float(n) for n in echo(store, [{"hub": 1, "company": c, "subject_id": s} for c, s in members])]


def test_one_finding_on_one_value_is_an_echo_at_both_and_at_nobody_else() -> None:
    assert echoes({}) == [7.65, 7.65, 0.0]
    assert echoes({"stand_in": 5.0}) == [7.65, 5.0, 0.0]


@pytest.mark.parametrize(
    "other",
    [
        {"value": "198.51.100.8"},
        {"value": None},
        {"what": "vpn_at_work"},
        {"is_counted": False},
        {"step": "tie"},
    ],
)
def test_what_differs_is_news(other: dict[str, Any]) -> None:
    assert echoes(other) == [0.0, 0.0, 0.0]


def test_a_value_shared_by_several_people_has_no_echo() -> None:
    assert echoes({}, free=1.0) == [0.0, 0.0, 0.0]


def test_strangers_at_one_exit_are_no_network() -> None:
    hubs = [{"hub": 1, "held": 0.8}, {"hub": 2, "held": 0.05}, {"hub": 3, "held": 0.8}]
    edges = [
        {"hub": hub, "holder": n} for hub, holders in ((1, (0, 1, 2)), (2, (0, 3, 4)), (3, (3, 5))) for n in holders
    ]
    assert joining(edges, hubs, {0, 1, 3, 4}) == {1: [0, 1]}
    assert joining(edges, hubs, {0, 1, 3, 4, 5}) == {1: [0, 1], 3: [3, 5]}


def _believed(*hubs: str) -> float:
    """Probability of four people of as many companies, slightly odd each, who share a value of each of these kinds."""
    family = {"ip": "network", "postal_address": "place", "bank_account": "money"}
    people = [{"company": f"c{n}", "subject_id": "s"} for n in range(4)]
    told = {"elsewhere": 0.0, "overextended": 0.0, "hijacked": 0.0, "is_counted": True}
    store = filled(
        {
            "subject": [{**who, "subject_kind": "worker", "wages": 0.0} for who in people],
            "contribution": [
                {**who, **told, "step": step, "what": step, "stand_in": weight}
                for who in people
                for step, weight in (("prior", -33.0), ("finding", 16.0))
            ],
            "hub": [
                {"hub": n, "kind": kind, "family": family[kind], "value": kind, "share": 0.02, "held": 0.8, "free": 1.0}
                for n, kind in enumerate(hubs)
            ],
            "hub_member": [{**who, "hub": n, "party": who["company"]} for n, _ in enumerate(hubs) for who in people],
        }
    )
    outcome = assess(store, Settings(), {}, ())
    return float(outcome.probability[0][-1])


def test_a_door_and_the_line_behind_it_say_the_same() -> None:
    line = _believed("ip")
    assert 0.02 < line < 0.9
    assert _believed("ip", "postal_address") == pytest.approx(line, abs=1e-9)
    assert _believed("ip", "bank_account") > line + 0.05
