"""Places of members and hubs: the same each time, nothing over anything, whatever the size."""

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonafides.exchange.report import layout
from bonafides.exchange.report.layout import HUB, MEMBER, places


def _star(members: int) -> list[list[int]]:
    return [list(range(members))]


def _farm(members: int) -> list[list[int]]:
    """Lines that overlap by half, accounts of four, one address of all."""
    lines = [list(range(n, min(n + 20, members))) for n in range(0, members - 10, 10)]
    accounts = [list(range(n, min(n + 4, members))) for n in range(0, members - 4, 7)]
    return [*lines, *accounts, list(range(members))]


@pytest.mark.parametrize(("members", "hubs"), [(2, _star(2)), (40, _star(40)), (30, _farm(30)), (120, _farm(120))])
def test_members_do_not_lie_over_one_another_nor_over_hubs(members: int, hubs: list[list[int]]) -> None:
    found = places(members, hubs)
    for (ax, ay), (bx, by) in combinations(found.members, 2):
        assert hypot(ax - bx, ay - by) >= 1.5 * MEMBER
    for hx, hy in found.hubs:
        for mx, my in found.members:
            assert abs(hx - mx) >= 0.7 * HUB or abs(hy - my) >= 0.45 * HUB


def test_the_same_network_stands_in_the_same_places() -> None:
    assert places(60, _farm(60)) == places(60, _farm(60))


def test_everything_lies_inside_the_picture() -> None:
    found = places(120, _farm(120))
    for x, y in (*found.members, *found.hubs):
        assert 0 <= x <= found.width and 0 <= y <= found.height


def test_pictures_of_a_hundred_stay_as_wide_as_a_screen() -> None:
    found = places(120, _farm(120))
    assert found.width < 2200 and found.height < 1800


@settings(max_examples=25, deadline=None)
@given(
    st.integers(2, 12).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.sets(st.integers(0, n - 1), min_size=2), max_size=6))
    )
)
def test_every_member_and_hub_gets_a_place(world: tuple[int, list[set[int]]]) -> None:
    members, hubs = world
    found = places(members, [sorted(h) for h in hubs])
    assert len(found.members) == members and len(found.hubs) == len(hubs)
    assert all(x == x and y == y for x, y in (*found.members, *found.hubs))


def test_members_with_the_same_hubs_stand_together() -> None:
    found = places(6, [[0, 1, 2], [2, 3, 4, 5]])
    (ax, ay), (bx, by) = found.members[0], found.members[1]
    assert hypot(ax - bx, ay - by) < 5 * layout.MEMBER
