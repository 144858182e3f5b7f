"""Near copies of a text are found, strangers are not, and the estimate of likeness can be trusted."""

import random
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bonafides.kinds.resume import KIND, groups

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))


def signature(text: str) -> str:
    value = KIND.clean(text)
    assert value is not None
    return value


def likeness(a: list[str], b: list[str]) -> float:
    """The true share of runs of five words that two texts have in common."""
    runs_a, runs_b = ({tuple(words[i : i + 5]) for i in range(len(words) - 4)} for words in (a, b))
    return len(runs_a & runs_b) / len(runs_a | runs_b)


def estimate(a: str, b: str) -> float:
    """The same from two signatures."""
    minima_a, minima_b = (re.findall(".{8}", value.partition("-")[2]) for value in (a, b))
    return sum(x == y for x, y in zip(minima_a, minima_b, strict=True)) / 64


def changed(words: list[str], count: int, chance: random.Random) -> list[str]:
    """A text with some of its words replaced."""
    copy = words[:]
    for place in chance.sample(range(len(words)), count):
        copy[place] = "other" + "".join(chance.choices("abcdefgh", k=6))
    return copy


def words(chance: random.Random, count: int = 300) -> list[str]:
    return ["".join(chance.choices("abcdefghijklmnop", k=5)) for _ in range(count)]


def test_copies_with_other_names_are_found_and_strangers_are_not() -> None:
    named = {name: signature(text) for name, text in CASES["texts"].items()}
    assert groups(named.values()) == [frozenset(named[name] for name in group) for group in CASES["groups"]]


@pytest.mark.parametrize("raw", CASES["refused"], ids=ascii)
def test_a_text_too_short_to_tell_is_refused(raw: str) -> None:
    assert KIND.clean(raw) is None


def test_case_punctuation_line_breaks_and_contact_details_do_not_count() -> None:
    text = CASES["texts"]["stranger"]
    assert signature(text) == signature(text.upper().replace(",", " ;\n") + " cy@example.com www.cy.example.com 2026")


def test_the_estimate_is_as_good_as_sixty_four_minima_allow() -> None:
    chance = random.Random(7)
    errors = []
    for _ in range(200):
        original = words(chance)
        copy = changed(original, chance.randint(1, 40), chance)
        errors.append(estimate(signature(" ".join(original)), signature(" ".join(copy))) - likeness(original, copy))
    assert abs(sum(errors) / len(errors)) < 0.015
    assert (sum(error**2 for error in errors) / len(errors)) ** 0.5 < 0.075


def test_nearly_all_copies_of_seven_tenths_likeness_are_found_and_no_stranger_is() -> None:
    chance = random.Random(11)
    originals = [words(chance) for _ in range(150)]
    copies = [changed(original, 10, chance) for original in originals]
    assert all(0.65 < likeness(a, b) < 0.85 for a, b in zip(originals, copies, strict=True))
    pairs = [
        frozenset((signature(" ".join(a)), signature(" ".join(b)))) for a, b in zip(originals, copies, strict=True)
    ]
    found = groups(value for pair in pairs for value in pair)
    assert set(found) <= set(pairs)
    assert len(found) >= 147


@given(st.integers(0, 2**32), st.randoms(use_true_random=False))
def test_the_order_of_values_never_matters(seed: int, chance: random.Random) -> None:
    source = random.Random(seed)
    values = []
    for _ in range(4):
        original = words(source, 60)
        values += [signature(" ".join(changed(original, count, source))) for count in (0, 1, 2, 8)]
    expected = groups(values)
    chance.shuffle(values)
    assert groups(values + values[:3]) == expected


def test_few_values_make_no_group() -> None:
    assert groups([]) == groups([signature(CASES["texts"]["original"])]) == []
