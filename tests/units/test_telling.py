"""What speaks together: values that the same few people share are one cause."""

from bonafides.network.telling import Hub, bundled
from bonafides.workflow.derive import kinds


def _hub(kind: str, value: str, members: str, prior: float = 0.01) -> Hub:
    likeness = (kind, "own", str(len(members)), "across", "near", "line", "lasting")
    return Hub(kind, value, len(members), likeness, prior, 0.5, frozenset(members), 0.5, False, 0.0, 0.0)


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
    crowd = Hub("ip", "exit", 9, ("ip",), 0.01, 0.5, frozenset(), 0.5, False, 0.0, 0.0)
    assert all(hub.is_lead for hub in bundled([crowd, _hub("phone", "plan", "ab")], kinds()))
