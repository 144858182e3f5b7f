"""Networks keep their ids from run to run; merges and splits are recorded."""

from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from bonafides.assessment.networks import LARGE, Group, Subject, groups


def people(*names: str) -> list[Subject]:
    return [("acme", name) for name in names]


def found(
    who: Sequence[Subject],
    together: Sequence[Sequence[str]],
    before: Mapping[Subject, str] | None = None,
    probability: float = 0.9,
) -> list[Group]:
    place = {subject[1]: n for n, subject in enumerate(who)}
    hubs = {n: [place[name] for name in held] for n, held in enumerate(together)}
    return groups(who, hubs, [probability] * len(who), 0.5, before or {})


def ids(made: Sequence[Group]) -> dict[Subject, str]:
    return {member: group.network_id for group in made for member in group.members}


SIX = people("a", "b", "c", "d", "e", "f")


def test_people_who_share_values_are_one_network_and_strangers_are_none() -> None:
    (group,) = found(SIX, [["a", "b"], ["b", "c"]])
    assert group.members == tuple(people("a", "b", "c"))
    assert group.came_from == ()


def test_a_group_of_low_probability_is_no_network() -> None:
    assert found(SIX, [["a", "b", "c"]], probability=0.4) == []


def test_the_same_people_have_the_same_id_in_every_run() -> None:
    first = found(SIX, [["a", "b", "c"]])
    assert found(SIX, [["a", "c"], ["b", "c"]], ids(first))[0].network_id == first[0].network_id
    assert found(SIX, [["a", "b", "c"]])[0].network_id == first[0].network_id


def test_a_network_keeps_its_id_when_people_join_also_in_front() -> None:
    (first,) = found(SIX, [["b", "c", "d"]])
    (second,) = found(SIX, [["a", "b", "c", "d", "e"]], ids([first]))
    assert second.network_id == first.network_id
    assert second.came_from == (first.network_id,)


def test_a_network_keeps_its_id_when_less_than_half_leave() -> None:
    (first,) = found(SIX, [["a", "b", "c", "d", "e"]])
    (second,) = found(SIX, [["c", "d", "e"]], ids([first]))
    assert second.network_id == first.network_id


def test_when_most_have_left_the_rest_is_a_new_network_that_says_where_it_came_from() -> None:
    (first,) = found(SIX, [["a", "b", "c", "d", "e"]])
    (second,) = found(SIX, [["d", "e"]], ids([first]))
    assert second.network_id != first.network_id
    assert second.came_from == (first.network_id,)


def test_a_merge_keeps_the_id_of_the_larger_and_names_both() -> None:
    first = found(SIX, [["a", "b"], ["c", "d", "e"]])
    (merged,) = found(SIX, [["a", "b", "c", "d", "e"]], ids(first))
    larger = next(g for g in first if len(g.members) == 3)
    assert merged.network_id == larger.network_id
    assert set(merged.came_from) == {g.network_id for g in first}


def test_a_split_leaves_the_id_with_the_larger_part_and_both_name_the_old_one() -> None:
    (first,) = found(SIX, [["a", "b", "c", "d", "e"]])
    parts = found(SIX, [["a", "b"], ["c", "d", "e"]], ids([first]))
    by_size = {len(g.members): g for g in parts}
    assert by_size[3].network_id == first.network_id
    assert by_size[2].network_id != first.network_id
    assert by_size[2].came_from == by_size[3].came_from == (first.network_id,)


def test_an_id_of_the_run_before_is_never_given_to_other_people() -> None:
    (first,) = found(SIX, [["a", "b", "c"]])
    moved = dict.fromkeys(people("d", "e", "f"), first.network_id)
    made = found(SIX, [["a", "b"]], moved)
    assert made[0].network_id != first.network_id


def test_a_large_group_that_a_thread_holds_together_is_parted() -> None:
    half = LARGE // 2 + 5
    names = [f"p{n:03}" for n in range(2 * half)]
    left, right = names[:half], names[half:]
    together = [left[n : n + 6] for n in range(0, half, 3)] + [right[n : n + 6] for n in range(0, half, 3)]
    together += [left, right, [left[0], right[0]]]
    made = found(people(*names), together)
    assert sorted(len(g.members) for g in made) == [half, half]
    assert ids(made) == ids(found(people(*names), together))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=4, unique=True), max_size=5), st.randoms())
def test_the_order_of_values_never_matters(together: list[list[str]], chance: object) -> None:
    before = ids(found(SIX, together))
    shuffled = [list(held) for held in together]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ids(found(SIX, shuffled)) == before


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=4, unique=True), max_size=4),
    st.lists(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=4, unique=True), max_size=4),
)
def test_ids_are_unique_whatever_changes(first: list[list[str]], second: list[list[str]]) -> None:
    made = found(SIX, second, ids(found(SIX, first)))
    names = [g.network_id for g in made]
    assert len(set(names)) == len(names)
