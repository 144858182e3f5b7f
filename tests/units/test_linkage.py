"""Documents linked by likelihood: near ones of one person, not those of a couple; increments, lasting ids, merges."""

import random
from typing import Any

import pytest

from bonafides.sightings.linkage import Compared, Model, learn, matches, pairs, persons
from bonafides.store.duckdb import Store

COLUMNS = (
    Compared("given", "name"), Compared("family", "name"), Compared("born", "date"), Compared("phone", "text"),
    Compared("postal", "code"),
)  # fmt: skip
BLOCKS = ("given || '|' || family", "family || '|' || born", "given || '|' || born", "phone", "postal || '|' || given")
SYLLABLES = ("ka", "lo", "mi", "nu", "pe", "ra", "so", "ti", "va", "we", "xo", "zu")


def documents(count: int = 400, seed: int = 3) -> list[dict[str, Any]]:
    """Two documents of each person, the second with a slip in one or two columns."""
    chance = random.Random(seed)

    def name() -> str:
        return "".join(chance.choice(SYLLABLES) for _ in range(3))

    made = []
    for n in range(count):
        born = f"19{chance.randint(50, 99)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
        first = {
            "given": name(), "family": name(), "born": born,
            "phone": f"5{n:06d}", "postal": f"{chance.randint(10000, 99999)}",
        }  # fmt: skip
        second = dict(first)
        for column in chance.sample(list(first), chance.randint(1, 2)):
            if column in ("given", "family"):
                place = chance.randint(0, 4)
                second[column] = second[column][:place] + "y" + second[column][place + 1 :]
            elif column == "born":
                second[column] = second[column][:-1] + str(chance.randint(0, 9))
            else:
                second[column] = None if column == "phone" else f"{chance.randint(10000, 99999)}"
        made += [{"id": f"{n}-a", **first}, {"id": f"{n}-b", **second}]
    return made


def stored(rows: list[dict[str, Any]]) -> Store:
    store = Store()
    names = ("id", *(c.column for c in COLUMNS))
    store.load("document", {n: [row.get(n) for row in rows] for n in names}, dict.fromkeys(names, "VARCHAR"))
    return store


def linked(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
    store = stored(rows)
    pairs(store, COLUMNS, BLOCKS)
    return set(matches(store, COLUMNS, learn(store, COLUMNS)))


def test_documents_with_slips_are_one_persons_and_others_are_not() -> None:
    found = linked(documents())
    right = {pair for pair in found if pair[0].split("-")[0] == pair[1].split("-")[0]}
    assert len(right) > 0.93 * 400
    assert len(right) > 0.98 * len(found)


def test_what_says_nothing_is_no_evidence_either_way() -> None:
    rows = documents()
    store = stored([*rows, {"id": "x-a", "given": "kalomi"}, {"id": "x-b", "given": "kalomi"}])
    pairs(store, COLUMNS, BLOCKS)
    assert ("x-a", "x-b") not in matches(store, COLUMNS, learn(store, COLUMNS))


def test_new_documents_are_compared_with_all_and_old_ones_not_again() -> None:
    rows = documents()
    store = stored(rows)
    pairs(store, COLUMNS, BLOCKS)
    model = learn(store, COLUMNS)
    whole = set(matches(store, COLUMNS, model))
    fresh = {row["id"] for row in rows if row["id"].endswith("0-b")}
    store.load("fresh", {"id": sorted(fresh)}, {"id": "VARCHAR"})
    pairs(store, COLUMNS, BLOCKS, "fresh")
    assert all(row["a"] in fresh or row["b"] in fresh for row in store.rows("SELECT a, b FROM compared_pair"))
    assert set(matches(store, COLUMNS, model)) == {pair for pair in whole if fresh & set(pair)}


def test_a_model_is_told_and_read_again() -> None:
    store = stored(documents(100))
    pairs(store, COLUMNS, BLOCKS)
    model = learn(store, COLUMNS)
    assert Model.read(model.plain()) == model
    assert all(abs(sum(levels) - 1) < 1e-9 for levels in (*model.within.values(), *model.between.values()))


@pytest.mark.parametrize(
    ("documents_", "same", "before", "groups", "merged", "split"),
    [
        ("abc", [("a", "b")], {}, [{"a", "b"}, {"c"}], 0, 0),
        ("abcd", [("a", "b"), ("c", "d")], {"a": "P1", "b": "P1", "c": "P2"}, [{"a", "b"}, {"c", "d"}], 0, 0),
        ("abcd", [("a", "b"), ("b", "c")], {"a": "P1", "b": "P1", "c": "P2"}, [{"a", "b", "c"}, {"d"}], 1, 0),
        ("abc", [("a", "b")], {"a": "P1", "b": "P1", "c": "P1"}, [{"a", "b"}, {"c"}], 0, 1),
    ],
    ids=["fresh", "kept", "merged", "split"],
)
def test_persons_keep_their_ids_and_what_merged_or_split_is_told(
    documents_: str,
    same: list[tuple[str, str]],
    before: dict[str, str],
    groups: list[set[str]],
    merged: int,
    split: int,
) -> None:
    found = persons(list(documents_), same, before)
    held: dict[str, set[str]] = {}
    for document, person in found.person.items():
        held.setdefault(person, set()).add(document)
    assert sorted(map(sorted, held.values())) == sorted(map(sorted, groups))
    assert (len(found.merged), len(found.split)) == (merged, split)
    if "a" in before:
        assert found.person["a"] == "P1"
