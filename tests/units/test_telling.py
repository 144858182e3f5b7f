"""What speaks together: values that the same few people share are one cause."""

from typing import Any

from bonafides.network import parties, sharing, telling
from bonafides.network.telling import Hub, bundled, hub_of, share_with
from bonafides.store.duckdb import Store
from bonafides.workflow.derive import kinds
from indicator_cases import filled

LINE = "203.0.113.7"


def _hub(kind: str, value: str, members: str, prior: float = 0.01) -> Hub:
    likeness = (kind, "own", str(len(members)), "across", "near", "line", "lasting")
    return Hub(kind, value, len(members), likeness, prior, 0.5, frozenset(members), 0.5, False, 0.0)


def _leads(*hubs: Hub) -> set[str]:
    return {hub.value for hub in bundled(list(hubs), kinds()) if hub.is_lead}


def test_one_bundle_of_one_pair() -> None:
    made = bundled([_hub("ip", "line", "ab", 0.02), _hub("phone", "plan", "ab")], kinds())
    assert [hub.is_lead for hub in made] == [True, False]
    assert made[0].likeness[0] == "contact+network"


def test_a_pair_of_a_house_of_three_is_of_its_bundle() -> None:
    house, plan = _hub("ip", "line", "abc", 0.02), _hub("phone", "plan", "ab")
    assert _leads(house, plan) == {"line"}
    made = bundled([house, plan], kinds())
    assert made[0].likeness[0] == "contact+network"


def test_what_tells_more_than_the_house_stays_its_own() -> None:
    assert _leads(_hub("ip", "line", "abc"), _hub("bank_account", "payee", "ab", 0.3)) == {"line", "payee"}


def test_a_pair_goes_to_the_most_telling_house_only() -> None:
    made = bundled(
        [_hub("ip", "one", "abc"), _hub("ip", "two", "abd", 0.02), _hub("phone", "plan", "ab", 0.005)], kinds()
    )
    assert [hub.likeness[0] for hub in made[:2]] == ["ip", "contact+network"]
    assert [hub.is_lead for hub in made] == [True, True, False]


def test_who_shares_with_another_house_stays_apart() -> None:
    assert _leads(_hub("ip", "line", "abc", 0.02), _hub("phone", "plan", "ad")) == {"line", "plan"}


def test_a_crowd_is_no_bundle() -> None:
    crowd = Hub("ip", "exit", 9, ("ip",), 0.01, 0.5, frozenset(), 0.5, False, 0.0)
    assert all(hub.is_lead for hub in bundled([crowd, _hub("phone", "plan", "ab")], kinds()))


def _seen(**differs: object) -> dict[str, object]:
    return {
        "kind": "ip", "value": "line", "parties": 6, "companies": 6, "role": "own", "is_exit": False, "overlap": 40.0,
        "part": 1.0, "far": 0.0, "log_unmet": -1.0, "mix": 0.0, "met": False, "is_firms": False, "visited": False,
    } | differs  # fmt: skip


def _worth(**differs: object) -> float:
    made = hub_of(_seen(**differs), kinds(), frozenset())
    return made.prior * made.held


def test_a_team_of_each_client_is_a_firm() -> None:
    assert _worth(companies=2) < 0.1 * _worth(companies=3)  # three of each on average, or two
    assert _worth(companies=2, far=1.0) > 10 * _worth(companies=2)  # a firm's people do not live far apart


def test_colleagues_far_apart_behind_one_line_are_no_office() -> None:
    near, far = _worth(companies=1, far=0.0), _worth(companies=1, far=1.0)
    assert far > 10 * near
    assert _worth(companies=1, far=1.0, parties=2) < 0.2 * far  # two may be a couple with an old address
    desk = {"kind": "phone", "role": "factor"}
    assert _worth(companies=1, far=1.0, **desk) < 0.2 * _worth(companies=2, parties=5, far=1.0, **desk)


def test_met_holders_speak_for_the_others() -> None:
    assert share_with(0.3, -6.0) < 0.1 * share_with(0.3, -3.0)
    assert share_with(0.3, 3.0) == share_with(0.3, 30.0)


def test_what_one_firm_s_contractors_share_tells_a_tenth_where_nobody_wrote_down_whose_they_are() -> None:
    for kind in ("bank_account", "postal_address", "ip"):
        assert _worth(kind=kind, is_firms=True) * 10 <= _worth(kind=kind)


def _shared(subject: list[dict[str, Any]], sighting: list[dict[str, Any]], **fact: object) -> Store:
    """Who shares the one line, in pairs."""
    fact = {"kind": "ip", "value": LINE, **fact}
    store = filled({"subject": subject, "sighting": sighting, "value_fact": [fact]})
    store.execute("CREATE TEMP TABLE firm_of (company VARCHAR, subject_id VARCHAR, value VARCHAR)")
    parties.parties(store)
    sharing.share(store, kinds())
    return store


def _observed(subject: list[dict[str, Any]], sighting: list[dict[str, Any]], **fact: object) -> dict[str, Any]:
    """What the estimate sees of the one line."""
    store = _shared(subject, sighting, **fact)
    telling.joined(store)
    telling.rates(store)
    (row,) = store.rows(telling._OBSERVED)
    return row


def _on(company: str, day: int, line: str = LINE) -> dict[str, Any]:
    """Somebody of a company, seen on a line on one day."""
    at = f"2026-03-{day:02} 09:00:00"
    seen = {"kind": "ip", "value": line, "via": "sign_in:ip", "day": at[:10], "first_at": at, "last_at": at}
    return {"company": company, "subject_id": "s1", "hours": 1, **seen}


def _mix(met: list[str]) -> float:
    """How met and unmet holders of one line speak: one of each of six companies, `met` naming who the met ones are."""
    subject, sighting = [], []
    for n in range(6):
        for m in range(4):
            who = {"company": f"c{n}", "subject_id": f"s{m}", "subject_kind": "worker", "is_vouched": m == 0}
            if m == 1:
                is_met = n < len(met)
                who |= {"is_vouched": is_met, "person": met[n] if is_met else f"p{n}"}
                sighting += [_on(f"c{n}", 2), _on(f"c{n}", 30)]
            subject.append(who)
    return float(_observed(subject, sighting)["mix"])


def test_whom_three_companies_met_is_one_person() -> None:
    nobody, one, thrice, three = _mix([]), _mix(["a"]), _mix(["a", "a", "a"]), _mix(["a", "b", "c"])
    assert nobody > 0 > one > thrice > three
    assert nobody - thrice < 0.6 * (nobody - three)


def _visited(own_days: int, **fact: object) -> bool:
    """Whether a line is one that people visit, of six who are there on ten days and on lines of their own on some."""
    subject = [{"company": f"c{n}", "subject_id": "s1", "subject_kind": "worker"} for n in range(6)]
    sighting = [_on(f"c{n}", day) for n in range(6) for day in range(1, 11)]
    sighting += [_on(f"c{n}", day, f"198.51.100.{n}") for n in range(6) for day in range(1, own_days + 1)]
    return bool(_observed(subject, sighting, **fact)["visited"])


def test_a_line_of_which_nothing_is_known_is_visited_by_those_who_have_another() -> None:
    assert _visited(7)
    assert not _visited(3)  # a farm's computers have no other line; their operators come by one now and then
    assert not _visited(7, latitude=40.7, longitude=-74.0)  # where it lies is known: other rules tell what it is
    assert _worth(visited=True) < 0.2 * _worth()


def _succeeding(holders: int) -> dict[str | None, int]:
    """Pairs by what explains them, of a line that so many held one after the other, the first two of them together."""
    subject = [{"company": f"c{n:02}", "subject_id": "s1", "subject_kind": "worker"} for n in range(holders)]
    sighting = [_on(f"c{n:02}", n + 1) for n in range(holders)] + [_on("c00", 2)]
    store = _shared(subject, sighting)
    return {
        row["why"]: row["n"] for row in store.rows("SELECT explained_by AS why, count(*) AS n FROM pair GROUP BY 1")
    }


def test_who_succeeded_each_other_in_a_crowd_is_no_pair() -> None:
    few, many = sharing.SUCCEEDING, sharing.SUCCEEDING + 1
    assert _succeeding(few) == {None: 1, "succession": few * (few - 1) // 2 - 1}
    assert _succeeding(many) == {None: 1}
