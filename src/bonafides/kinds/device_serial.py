"""Maker's serial number of a computer.

Shape: upper case, runs of blanks made one; no `S/N` in front.
Unknown: None for what firmware says when nobody set a serial, for fillers, for days, times, network addresses and
numbers that an office program rounded, and for anything under four signs.
"""

import re
from functools import partial

from bonafides.kinds.base import (
    Kind,
    is_countdown,
    is_filler,
    is_misplaced,
    is_rounded,
    placeholders,
    pseudonym,
    visible,
)

_LABEL = re.compile(r"(?:S/?N|SERIAL(?: (?:NUMBER|NO\.?))?)\s*[:#]\s*")
_SHORTEST = 4
# Letters and digits only, as firmware spells these with any punctuation.
_UNSET = placeholders("device_serial")


def _clean(raw: str) -> str | None:
    text = _LABEL.sub("", " ".join(visible(raw).upper().split()), count=1)
    bare = "".join(sign for sign in text if sign.isalnum())
    nobodys = (is_filler(text), is_countdown(bare), is_misplaced(text), is_rounded(text))
    return None if len(bare) < _SHORTEST or bare.lower() in _UNSET or any(nobodys) else text


KIND = Kind(
    name="device_serial",
    title="computer's serial number",
    clean=_clean,
    masks=partial(pseudonym, "device_serial"),
    ties=True,
    family="device",
    # One computer held by two people is nearly always handed on or shared inside a team; at two employers it was
    # sold on or mistyped. What is left is one machine serving two jobs.
    telling=((2, 0.03),),
)
