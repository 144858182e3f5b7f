"""What a kind is: how its values are cleaned, what they are worth, how they are shown."""

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise


def rows(table: str) -> list[dict[str, str]]:
    """What a table of `bonafides.reference` holds, by its file name without `.csv`."""
    text = (files("bonafides.reference") / f"{table}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def placeholders(kind: str) -> frozenset[str]:
    """Values that look like a kind's but are nobody's, in lower case; kind `any` holds those of every kind."""
    return frozenset(row["value"] for row in rows("placeholders") if row["kind"] == kind)


# What systems write where they have nothing to write.
FILLERS = placeholders("any")

_SHORTEST = 6
_OTHER_COLUMN = re.compile(
    r"(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?:[T ]?[0-9]{2}:.*)?|[0-9]{1,2}/[0-9]{1,2}/(?:19|20)[0-9]{2}"
    r"|[0-9]{1,3}(?:[.][0-9]{1,3}){3}",
    re.ASCII,
)
_HIDDEN = re.compile(r"[*•●…]|\.\.\.|^[xX][-xX ]{2,}[0-9]*$|[xX]{3,}[- ]?[0-9]{2,6}$")
# A long number in a cell of an office program: of twelve digits six are left.
_ROUNDED = re.compile(r"[+-]?[0-9](?:[.,][0-9]+)?E[+][0-9]{1,3}", re.ASCII | re.IGNORECASE)
# What keeps a number a text in such a cell ('0123, ="0123"), and what a column with gaps adds to whole numbers.
_AS_TEXT = re.compile(r"'(?P<after>[^']+)|=\"(?P<inside>[^\"]*)\"|(?P<whole>[+]?[0-9]{6,})[.]0", re.ASCII)


def visible(raw: str) -> str:
    """A text without what cannot be seen (control signs, zero-width joiners of pasted text) and without what tables put
    around a number, trimmed.
    """
    text = raw if raw.isprintable() else "".join(s if s.isprintable() else " " if s.isspace() else "" for s in raw)
    text = text.strip()
    if (text[:1] in ("'", "=") or text.endswith(".0")) and (around := _AS_TEXT.fullmatch(text)):
        return (around["after"] or around["inside"] or around["whole"] or "").strip()
    return text


def is_filler(text: str) -> bool:
    """Whether a text stands for "nothing": a usual filler, no letter or digit at all, or one sign repeated."""
    kept = [sign for sign in text.casefold() if sign.isalnum()]
    return len(set(kept)) < 2 or text.strip().casefold() in FILLERS


def is_countdown(text: str) -> bool:
    """Whether the digits of a text, all of it digits, simply count up or down (123456789, 9876543210)."""
    if len(text) < 3 or not (text.isascii() and text.isdigit()):
        return False
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(text)}
    return steps in ({1}, {9})


def is_cut(text: str) -> bool:
    """Whether a text shows only the end of a number (`****1234`, `XXX-XX-1234`): many people's numbers end so."""
    return _HIDDEN.search(text) is not None


def is_rounded(text: str) -> bool:
    """Whether a text is what office programs make of a long number (1.23457E+11): many numbers begin so."""
    return _ROUNDED.fullmatch(text.strip()) is not None


def is_misplaced(text: str) -> bool:
    """Whether a text is a day, a time or a network address: what stands where a number belongs once columns slipped."""
    return _OTHER_COLUMN.fullmatch(text.strip()) is not None


def token(raw: str) -> str | None:
    """A number or token of somebody's, as a text without blanks.

    Unknown: None for fillers, for numbers that count up or of which only the end or the beginning is shown, for words
    without a digit, for what belongs in another column and for anything under six signs.
    """
    seen = visible(raw)
    text = "".join(seen.split())
    is_prose = text != seen and not any(sign.isdigit() for sign in text)
    nobodys = (is_filler(raw), is_filler(text), is_cut(text), is_rounded(text), is_countdown(text), is_misplaced(raw))
    return None if len(text) < _SHORTEST or is_prose or any(nobodys) else text


def pseudonym(kind: str, value: str) -> str:
    """What stands for a value before a case is open: the kind's name and a tag that stays the same.

    Why: the same value shows the same tag everywhere, so shared values can be followed without being read.
    The tag is 24 bits of an unkeyed hash: it keeps values from the reader's eye, it does not keep a
    determined holder of a list of candidates from finding out which of them it may be.
    """
    tag = sha256(f"{kind}\x1f{value}".encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{kind.replace('_', ' ')} {tag}"


@dataclass(frozen=True)
class Kind:
    """One type of value that can connect people.

    Shape: `clean` maps raw text to one canonical text, or None when the text is no value of this kind
    (fillers, private addresses, malformed numbers). It is pure and is called once per distinct raw value.
    `masks` maps a canonical value to what is shown before a case is open: enough to tell kinds apart,
    never enough to identify.
    Units: `telling` is the share of shared values of this kind that are a network's rather than an honest
    coincidence, before the data have been looked at, by the number of holders: ascending `(holders, share)`
    pairs, each valid from that many holders on. Estimates from the data (network room) move it.
    `family` names the cause that values of several kinds share: one front door gives two people the same
    network address and the same postal address, so within one family only the strongest counts.
    `meets`, for kinds whose values meet by nearness and not by equality alone: the groups of near values; `near`, for
    the same kinds: keys of a value, of which near values have one in common.
    """

    name: str
    title: str
    clean: Callable[[str], str | None]
    masks: Callable[[str], str]
    ties: bool
    family: str
    telling: tuple[tuple[int, float], ...] = field(default=())
    meets: Callable[[Iterable[str]], list[frozenset[str]]] | None = None
    near: Callable[[str], list[str]] | None = None

    def share(self, holders: int) -> float:
        """Share of values with so many holders that are a network's, before looking at the data (0..1)."""
        found = 0.0
        for at_least, share in self.telling:
            if holders >= at_least:
                found = share
        return found
