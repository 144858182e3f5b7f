"""What chance would tie: independent things that meet in the same people are unlikely, one thing alone is not."""

import numpy as np
import pytest

from bonafides.assessment.chance import density, probabilities


def world(ring: int, values: int, strangers: int = 400, pairs: int = 150) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A ring whose members all share so many values of different kinds, among couples who share one each."""
    chance = np.random.default_rng(3)
    hubs, holders, kinds = [], [], []
    for v in range(values):
        hubs += [v] * ring
        holders += list(range(ring))
        kinds += [v % 4] * ring
    for n in range(pairs):
        hubs += [values + n] * 2
        holders += chance.choice(np.arange(ring, ring + strangers), 2, replace=False).tolist()
        kinds += [n % 4] * 2
    return np.array(hubs), np.array(holders), np.array(kinds)


@pytest.mark.parametrize(
    ("hub", "holder", "found"),
    [
        ([0, 0], [1, 2], {1: 0}),
        ([0, 0, 1, 1], [1, 2, 1, 2], {1: 0.5}),
        ([0, 0, 0, 1, 1, 1], [1, 2, 3, 1, 2, 3], {1: 2 / 3}),
        ([0, 0, 1, 1], [1, 2, 3, 4], {1: 0, 3: 0}),
        ([0, 0, 0], [1, 2, 2], {1: 0}),
        ([], [], {}),
    ],
)
def test_density_is_what_ties_a_group_beyond_one_thread(
    hub: list[int], holder: list[int], found: dict[int, int]
) -> None:
    assert density(np.array(hub, dtype=np.int64), np.array(holder, dtype=np.int64)) == found


def test_a_ring_that_shares_several_things_is_not_chances_work() -> None:
    assert probabilities([list(range(6))], *world(6, 3))[0] <= 0.05


def test_one_shared_thing_alone_is_never_unlikely_however_many_hold_it() -> None:
    assert probabilities([list(range(30))], *world(30, 1))[0] == 1.0


def test_a_couple_that_shares_one_thing_is_what_chance_brings() -> None:
    hub, holder, kind = world(4, 0)
    group = holder[hub == 0].tolist()
    assert probabilities([group], hub, holder, kind)[0] == 1.0


def test_values_dealt_at_random_seldom_look_like_a_network() -> None:
    told = []
    for seed in range(40):
        chance = np.random.default_rng(seed)
        hub = np.repeat(np.arange(120), 3)
        holder, kind = chance.integers(0, 300, 360), hub % 4
        best = max(density(hub, holder).items(), key=lambda item: item[1])
        graph = {best[0]}
        while True:
            near = set(hub[np.isin(holder, list(graph))])
            more = set(holder[np.isin(hub, list(near))].tolist())
            if more <= graph:
                break
            graph |= more
        told.append(probabilities([sorted(graph)], hub, holder, kind, seed)[0])
    assert np.mean(np.array(told) <= 0.1) <= 0.25


def test_the_same_links_give_the_same_answer_and_no_group_gives_none() -> None:
    links = world(6, 3)
    assert probabilities([[0, 1, 2]], *links) == probabilities([[0, 1, 2]], *links)
    assert probabilities([], *links) == []
