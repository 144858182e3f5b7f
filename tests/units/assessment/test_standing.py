"""What the two engagements of one person are told by the same value counts once between them; what joins a network."""

from typing import Any

import pytest

from bonafides.assessment.standing import assess, joining, told_already
from bonafides.settings import Settings
from bonafides.store.duckdb import Store
from indicator_cases import filled

HERE, THERE = ("acme", "w1"), ("globex", "w7")
FINDING = {
    "step": "finding",
    "what": "shared_exit",
    "value": "198.51.100.7",
    "cause": "vpn",
    "stand_in": 7.65,
    "is_counted": True,
}


def told(there: dict[str, Any], free: float = 0.05, family: str = "person") -> tuple[list[float], list[float]]:
    """What is no news of three holders of one value: to the others, and to each; the third has no finding."""
    store = Store()
    store.execute(f"CREATE TABLE hub AS SELECT 1 AS hub, '{family}' AS family, CAST({free} AS DOUBLE) AS free")
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
            **dict.fromkeys(("company", "subject_id", "step", "what", "value", "cause"), "VARCHAR"),
            "stand_in": "DOUBLE",
            "is_counted": "BOOLEAN",
        },
    )
    edges = [{"hub": 1, "company": c, "subject_id": s} for c, s in members]
    echo, given = told_already(store, edges, ["shared_exit"], shrink=0.7)
    return list(map(float, echo)), list(map(float, given))


def echoes(there: dict[str, Any]) -> list[float]:
    return told(there)[0]


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


def test_what_two_people_share_is_no_news_from_one_to_the_other_and_gave_each_its_part() -> None:
    assert told({}, free=1.0, family="network") == ([7.65, 7.65, 0.0], [7.65, 7.65, 0.0])
    assert told({}, free=1.0, family="place") == ([7.65, 7.65, 0.0], [7.65, 7.65, 0.0])


def test_what_they_share_besides_is_news_as_far_as_causes_are_independent() -> None:
    assert told({}, free=1.0, family="money") == ([2.295, 2.295, 0.0], [0.0, 0.0, 0.0])


@pytest.mark.parametrize(
    ("there", "given"),
    [
        ({"value": "198.51.100.8"}, [7.65, 7.65, 0.0]),
        ({"what": "anonymising_exit"}, [7.65, 0.0, 0.0]),
        ({"stand_in": -5.0}, [7.65, 0.0, 0.0]),
    ],
)
def test_what_one_of_two_people_did_is_news_to_the_other(there: dict[str, Any], given: list[float]) -> None:
    assert told(there, free=1.0, family="network") == ([0.0, 0.0, 0.0], given)


def test_strangers_at_one_exit_are_no_network() -> None:
    hubs = [{"hub": 1, "held": 0.8}, {"hub": 2, "held": 0.05}, {"hub": 3, "held": 0.8}]
    edges = [
        {"hub": hub, "holder": n} for hub, holders in ((1, (0, 1, 2)), (2, (0, 3, 4)), (3, (3, 5))) for n in holders
    ]
    assert joining(edges, hubs, {0, 1, 3, 4}) == {1: [0, 1]}
    assert joining(edges, hubs, {0, 1, 3, 4, 5}) == {1: [0, 1], 3: [3, 5]}


def _believed(*hubs: str, finding: dict[str, Any] | None = None) -> float:
    """Probability of four people of as many companies, slightly odd each, who share a value of each of these kinds."""
    family = {"ip": "network", "postal_address": "place", "bank_account": "money"}
    people = [{"company": f"c{n}", "subject_id": "s"} for n in range(4)]
    told = {**dict.fromkeys(("elsewhere", "overextended", "hijacked"), -20.0), "is_counted": True, **(finding or {})}
    store = filled(
        {
            "subject": [{**who, "subject_kind": "worker", "wages": 0.0} for who in people],
            "contribution": [
                {"what": step, **who, **told, "step": step, "stand_in": weight}
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
    outcome = assess(store, Settings(), {}, (), ["shared_delivery_address"])
    return float(outcome.probability[0][-1])


def test_a_door_and_the_line_behind_it_say_the_same() -> None:
    line = _believed("ip")
    assert 0.02 < line < 0.9
    assert _believed("ip", "postal_address") == pytest.approx(line, abs=1e-9)
    assert _believed("ip", "bank_account") > line + 0.05


def test_a_house_is_not_convicted_by_what_its_people_share() -> None:
    shared = {"what": "shared_delivery_address", "value": "1 example street", "cause": "shipping"}
    alone = 1 / (1 + 10 ** ((33.0 - 16.0) / 10))
    assert _believed("ip", "postal_address", finding=shared) == pytest.approx(alone, abs=0.005)
    # The same weight for something that each of them did is news to the others.
    each = {**shared, "what": "laptop_redirected"}
    assert _believed("ip", "postal_address", finding=each) > 10 * alone
