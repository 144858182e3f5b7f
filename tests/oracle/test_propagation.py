"""Belief propagation against a slow trusted one: exact marginals by going through every state of a small tree.

Tolerance: messages stop when none changes by 0.01 decibans in a damped round (half of each change is taken), so what is
left of a message is below 0.02, and a score in trees as small as these sums few of them: 0.1 decibans.
"""

from itertools import product
from math import exp, log, log10

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonafides.assessment.propagation import Beliefs, propagate

PRIOR = 1 / 2000
TOLERANCE = 0.1
NO_CAP = 1e9
Tree = tuple[list[float], list[list[int]], list[tuple[float, float, float]]]


def run(
    own: list[float],
    hubs: list[list[int]],
    about: list[tuple[float, float, float]],
    families: list[int] | None = None,
    parties: list[int] | None = None,
    cap: float = NO_CAP,
    echo: list[float] | None = None,
    given: list[float] | None = None,
) -> Beliefs:
    """Shape: `hubs` lists holders, `about` (share, held, free) of each; each hub a cause, each subject a party."""
    edges = [(h, i) for h, held in enumerate(hubs) for i in held]
    share, held_by, free = (np.array([one[n] for one in about]) for n in range(3))
    return propagate(
        own=np.array(own),
        hub=np.array([h for h, _ in edges], dtype=np.int64),
        holder=np.array([i for _, i in edges], dtype=np.int64),
        family=np.array([(families or list(range(len(hubs))))[h] for h, _ in edges], dtype=np.int64),
        party=np.array([(parties or list(range(len(own))))[i] for _, i in edges], dtype=np.int64),
        share=share,
        held=held_by,
        free=free,
        prior=PRIOR,
        cap=np.full(len(own), cap),
        echo=np.array(echo or [0.0] * len(edges)),
        given=np.array(given or [0.0] * len(edges)),
    )


def exact(own: list[float], hubs: list[list[int]], about: list[tuple[float, float, float]]) -> list[float]:
    """Decibans of each subject from the sum over all states of subjects and hubs.

    Why the baseline is taken off: a hub is weighed against the same hub with holders of prior standing. Of its holders
    the one nearest to the subject asked about is told; the others tell.
    """
    return [_marginal(i, own, hubs, about) for i in range(len(own))]


def _marginal(asked: int, own: list[float], hubs: list[list[int]], about: list[tuple[float, float, float]]) -> float:
    odds = [value * log(10) / 10 for value in own]
    steps = _steps(asked, len(own), hubs)
    for held, one in zip(hubs, about, strict=True):
        odds[min(held, key=lambda i: steps[i])] -= _baseline(*one)
    total = [0.0, 0.0]
    for state in product((0, 1), repeat=len(own)):
        weight = sum(o for o, x in zip(odds, state, strict=True) if x)
        for members, (share, held_by, free) in zip(hubs, about, strict=True):
            network, honest = log(share), log(1 - share)
            for i in members:
                network += log(held_by / PRIOR) if state[i] else log((1 - held_by) / (1 - PRIOR))
                honest += log(free) if state[i] else 0.0
            weight += float(np.logaddexp(network, honest))
        total[state[asked]] += exp(weight)
    return 10 * log10(total[1] / total[0])


def _steps(asked: int, subjects: int, hubs: list[list[int]]) -> list[int]:
    """How many hubs lie between each subject and the one asked about."""
    steps = [subjects] * subjects
    steps[asked] = 0
    for _ in hubs:
        for held in hubs:
            near = min(steps[i] for i in held) + 1
            for i in held:
                steps[i] = min(steps[i], near)
    return steps


def _baseline(share: float, held: float, free: float) -> float:
    yes = np.logaddexp(log(1 - share) + log(free), log(share) + log(held / PRIOR))
    no = np.logaddexp(log(1 - share), log(share) + log((1 - held) / (1 - PRIOR)))
    return float(yes - no)


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Hubs of two to four holders, each joined to what is there by one holder: no circle anywhere."""
    subjects, hubs = 1, []
    for _ in range(draw(st.integers(1, 4))):
        fresh = draw(st.integers(1, 3))
        if subjects + fresh > 9:
            break
        hubs.append([draw(st.integers(0, subjects - 1)), *range(subjects, subjects + fresh)])
        subjects += fresh
    own = draw(st.lists(st.floats(-45, 15), min_size=subjects, max_size=subjects))
    one = st.tuples(st.floats(0.001, 0.8), st.floats(0.3, 0.95), st.sampled_from((1.0, 0.001)))
    return own, hubs, draw(st.lists(one, min_size=len(hubs), max_size=len(hubs)))


@settings(max_examples=150, deadline=None)
@given(trees())
def test_on_trees_scores_are_the_exact_marginals(tree: Tree) -> None:
    own, hubs, about = tree
    found = run(own, hubs, about)
    assert found.converged
    assert np.allclose(found.score, exact(own, hubs, about), atol=TOLERANCE)


@settings(max_examples=50, deadline=None)
@given(trees(), st.randoms(use_true_random=False))
def test_the_order_of_subjects_and_edges_never_matters(tree: Tree, chance: object) -> None:
    own, hubs, about = tree
    order = list(range(len(own)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    moved = [[order.index(i) for i in reversed(held)] for held in hubs][::-1]
    again = run([own[i] for i in order], moved, about[::-1])
    assert np.allclose(run(own, hubs, about).score[order], again.score, atol=1e-6)


def test_holders_of_prior_standing_add_nothing() -> None:
    at_prior = 10 * log10(PRIOR / (1 - PRIOR))
    found = run([at_prior] * 5, [[0, 1, 2, 3, 4]], [(0.3, 0.85, 1.0)])
    assert np.allclose(found.score, at_prior, atol=0.05)


def test_what_is_known_of_one_holder_reaches_the_others_and_not_itself() -> None:
    found = run([30.0, -33.0, -33.0], [[0, 1, 2]], [(0.1, 0.85, 1.0)])
    assert found.score[1] > -20 and found.score[2] > -20
    assert abs(found.score[0] - 30.0) < 1.0


def test_somebody_met_in_person_switches_a_value_off() -> None:
    known, met = [30.0, -33.0, -33.0], [30.0, -33.0, -60.0]
    hub, about = [[0, 1, 2]], [(0.05, 0.97, 1.0)]
    assert run(met, hub, about).score[1] < run(known, hub, about).score[1] - 3


def test_of_one_family_only_the_strongest_counts() -> None:
    own, about = [30.0, -33.0], [(0.1, 0.85, 1.0), (0.3, 0.85, 1.0)]
    one_cause = run(own, [[0, 1], [0, 1]], about, families=[0, 0])
    alone = max(run(own, [[0, 1]], [one]).score[1] for one in about)
    assert abs(one_cause.score[1] - alone) < TOLERANCE
    assert sum(one_cause.counted) == 2
    two_causes = run(own, [[0, 1], [0, 1]], about, families=[0, 1])
    assert two_causes.score[1] > alone + 1


def test_one_party_speaks_once_and_not_to_its_own() -> None:
    about = [(0.1, 0.85, 1.0)]
    one = run([-15.0, -33.0], [[0, 1]], about)
    household = run([-15.0, -15.0, -33.0], [[0, 1, 2]], about, parties=[0, 0, 1])
    strangers = run([-15.0, -15.0, -33.0], [[0, 1, 2]], about)
    assert abs(household.score[2] - one.score[1]) < TOLERANCE
    assert strangers.score[2] > household.score[2] + 3
    assert abs(household.score[0] + 15.0) < 1.0


def test_what_one_person_holds_twice_is_no_news_between_the_two() -> None:
    person, way_out = (1 / 1900, 0.95, 0.05), (0.2, 0.1, 1.0)
    own = [-20.0, -20.0, 0.0]
    alone = run(own, [[0, 1]], [person]).message[0]
    one = run(own, [[0, 1], [0, 1, 2]], [person, way_out])
    two = run(own, [[0, 1], [0, 2], [1, 2]], [person, way_out, way_out])
    # Two exits tell each of the two something that the other does not know; one exit says the same to both.
    assert abs(one.message[0] - alone) < TOLERANCE
    assert two.message[0] > alone + 5


def test_a_finding_that_the_other_engagement_has_too_is_not_passed_on() -> None:
    person = (1 / 1900, 0.95, 0.05)
    passed = run([-10.0, -18.0], [[0, 1]], [person]).message
    kept = run([-10.0, -18.0], [[0, 1]], [person], echo=[12.0, 12.0]).message
    assert abs(kept[1] - run([-22.0, -30.0], [[0, 1]], [person]).message[1]) < TOLERANCE
    assert kept[1] < passed[1] - 5


def test_where_findings_gave_less_than_the_value_weighs_it_is_as_telling_as_they_say() -> None:
    strangers, known = [-33.0] * 4, [-33.0, 40.0, 40.0, 40.0]
    hub, about = [[0, 1, 2, 3]], (0.1, 0.8, 1.0)
    full = 10 * log10(1 + about[0] * (about[1] / PRIOR - 1))
    surely = 10 * log10(about[1] / PRIOR / ((1 - about[1]) / (1 - PRIOR)))
    for gave in (2.0, 9.0):
        assert np.allclose(run(strangers, hub, [about], given=[gave] * 4).message, 0.0, atol=0.05)
        told = run(known, hub, [about], given=[gave] * 4).message[0]
        assert told == pytest.approx(surely - gave, abs=TOLERANCE)
    # More than the value weighs makes it no more telling.
    assert np.allclose(
        run(known, hub, [about], given=[full + 9.0] * 4).message, run(known, hub, [about]).message, atol=1e-9
    )


def test_ties_together_add_no_more_than_the_cap() -> None:
    hubs = [[0, 1], [0, 2], [0, 3]]
    found = run([-33.0, 40.0, 40.0, 40.0], hubs, [(0.3, 0.85, 1.0)] * 3, cap=30.0)
    assert found.score[0] <= -3.0 + 1e-9


def test_without_ties_nothing_changes() -> None:
    found = run([-33.0, 5.0], [], [])
    assert list(found.score) == [-33.0, 5.0] and found.converged


@pytest.mark.parametrize(
    ("own", "hubs", "share", "off"),
    [
        ([-20.0, -33.0], [[0, 1]] * 2, 0.1, 2.5),
        ([-20.0, -33.0], [[0, 1]] * 3, 0.02, 10.0),
        ([-20.0, -30.0, -33.0, -33.0], [[0, 1, 2, 3]] * 2, 0.02, 0.5),
        ([10.0, -33.0, -33.0, -33.0], [[0, 1], [1, 2], [2, 3], [3, 0]], 0.1, 5.5),
        # The worst that was found: two people, two values that are hardly ever a network's. What the cap is for.
        ([-20.0, -33.0], [[0, 1]] * 2, 0.003, 20.0),
    ],
)
def test_in_circles_it_settles_and_errs_by_no_more_than_was_measured(
    own: list[float], hubs: list[list[int]], share: float, off: float
) -> None:
    """Evidence that goes round in a circle is heard twice, so its answer is not exact; the measured error is kept."""
    about = [(share, 0.85, 1.0)] * len(hubs)
    found = run(own, hubs, about)
    assert found.converged
    assert np.allclose(found.score, exact(own, hubs, about), atol=off)
