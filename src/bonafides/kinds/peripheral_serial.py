"""Serial number that an attached thing announces.

Shape: upper case, runs of blanks made one.
Unknown: None for fillers, for days, times, network addresses and numbers that an office program rounded, for anything
under four signs, for positions on a bus that systems put in place of a serial, and for serials that a maker's firmware
gives to every piece: those name a product, and are read as such elsewhere.
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

_SHORTEST = 4
# Letters and digits only.
_FIRMWARE_DEFAULTS = placeholders("peripheral_serial")
# Nothing but noughts and a count at most: 000000000001, 00000A.
_COUNT = re.compile(r"0+[0-9A-F]{0,2}")
# A version number in the serial's place: 1.0, 01.00.00.
_VERSION = re.compile(r"[VE]?[0-9]{1,2}(?:\.[0-9]{1,3}){1,3}")


def _clean(raw: str) -> str | None:
    text = " ".join(visible(raw).upper().split())
    bare = "".join(sign for sign in text if sign.isalnum())
    # Windows writes `6&2A3B4C5D&0&2`, a place on the bus, where a device has no serial.
    nobodys = (is_filler(text), is_countdown(bare), is_misplaced(text), is_rounded(text))
    if "&" in text or len(bare) < _SHORTEST or any(nobodys):
        return None
    if bare.lower() in _FIRMWARE_DEFAULTS or bare.removeprefix("0X").lower() in _FIRMWARE_DEFAULTS:
        return None
    return None if _COUNT.fullmatch(bare) or _VERSION.fullmatch(text) else text


KIND = Kind(
    name="peripheral_serial",
    title="serial number of an attached thing",
    clean=_clean,
    masks=partial(pseudonym, "peripheral_serial"),
    ties=True,
    family="device",
    # Docks, monitors, sticks and headsets go round in offices and homes, and cheap makers number whole batches alike.
    telling=((2, 0.02),),
)
