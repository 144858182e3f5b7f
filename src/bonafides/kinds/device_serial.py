"""Maker's serial number of a computer.

Shape: upper case, runs of blanks made one; no `S/N` in front.
Unknown: None for what firmware says when nobody set a serial, for fillers, for days, times and network addresses, and
for anything under four signs.
"""

import re
from functools import partial

from bonafides.kinds.base import Kind, is_countdown, is_filler, is_misplaced, placeholders, pseudonym, visible

_LABEL = re.compile(r"(?:S/?N|SERIAL(?: (?:NUMBER|NO\.?))?)\s*[:#]\s*")
_SHORTEST = 4
# Letters and digits only, as firmware spells these with any punctuation.
_UNSET = placeholders("device_serial")


def _clean(raw: str) -> str | None:
    text = _LABEL.sub("", " ".join(visible(raw).upper().split()), count=1)
    bare = "".join(sign for sign in text if sign.isalnum())
    if len(bare) < _SHORTEST or bare.lower() in _UNSET or is_filler(text) or is_countdown(bare) or is_misplaced(text):
        return None
    return text


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
