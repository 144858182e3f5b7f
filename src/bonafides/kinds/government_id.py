"""Keyed hash of a number that a government gave to one person.

Shape: the text without blanks; case is kept.
Unknown: None for fillers, for numbers of which only the end is shown and for anything under six signs.
"""

from functools import partial

from bonafides.kinds.base import Kind, is_countdown, is_cut, is_filler, pseudonym, visible

_SHORTEST = 6


def _clean(raw: str) -> str | None:
    text = "".join(visible(raw).split())
    if len(text) < _SHORTEST or is_filler(raw) or is_filler(text) or is_cut(text) or is_countdown(text):
        return None
    return text


KIND = Kind(
    name="government_id",
    title="government id",
    clean=_clean,
    masks=partial(pseudonym, "government_id"),
    # The same token twice says that two engagements are one person, which explains other ties and makes none.
    ties=False,
    family="",
)
