"""Presumption of good faith: what people are never called, in code, in pages and in documents."""

import re
from pathlib import Path

import pytest

from house.source_tree import DOCS, ROOT, SRC, name, texts

# Parts of words, so that all their forms are met.
NEVER = ("suspect", "fraudster", "guilt", "culprit", "perpetrator", "offender", "wrongdoer", "impostor", "imposter")
# Names of vendors' own fields, which we read and do not choose.
VENDORS = ("threatSuspected",)
SPOKEN = re.compile("|".join(NEVER), re.IGNORECASE)


def spoken(text: str) -> list[str]:
    """Words of the list in a text; addresses of pages that others wrote are not our words."""
    for field in VENDORS:
        text = text.replace(field, "")
    return SPOKEN.findall(re.sub(r"https?://\S+|\b[\w.-]+\.(?:com|org|net|io|gov|dev)/\S+", "", text))


def documents() -> list[Path]:
    return [SRC, DOCS, *(ROOT / n for n in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "Makefile"))]


def test_no_text_of_ours_names_a_person_as_something() -> None:
    said = {(name(path), word) for path, text in texts(*documents()) for word in spoken(text)}
    assert not said


@pytest.mark.parametrize("text", ["a Suspect account", "two suspected workers", "found guilty", "the fraudsters"])
def test_every_form_of_the_words_is_met(text: str) -> None:
    assert spoken(text)


def test_the_address_of_somebody_elses_page_is_not_our_word() -> None:
    assert not spoken("see https://example.org/unmasking-fraudsters for more")
