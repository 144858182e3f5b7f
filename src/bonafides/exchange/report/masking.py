"""What of a finding may be read before a case is open: counts, dates and products yes, people's values never.

Why a list of what is shown, not of what is hidden: a new indicator's placeholder is hidden until somebody put it here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from bonafides.kinds.base import pseudonym
from bonafides.redact import redacted

# Placeholders filled from our own tables.
CLOSED = frozenset({"product", "products", "rule", "tool", "tools"})
# Placeholders in which a thing or a network says what it is: shown without names and what looks like a person's data.
OPEN = frozenset({"seen", "camera", "client", "signer", "owner", "what"})
# What a sentence says instead of a name.
UNNAMED = "(name)"

_WHEN = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d(:?\d\d)?)?")
# Two decimals at most: more would be a place on the map.
_SMALL = re.compile(r"-?\d{1,4}(\.\d{1,2})?")
_NUMBER = r"(?<![\d.])\d{1,4}(?:\.\d{1,2})?(?![\d.])"
_LITERAL = re.compile(r"'((?:[^']|'')*)'")
# Ids that machines make: hexadecimal, or letters of both cases mixed with digits.
_OPAQUE = re.compile(r"(?=.*[a-f])[0-9a-f-]{15,}|(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[\w-]{16,}")
# More than a count, a distance or a sum of megabytes: an account or a telephone number.
_LARGE = 10_000_000
_TOKEN = re.compile(r"[^\W_]+")
_LONG_DIGITS = re.compile(r"\d{7,}")
# Shorter names occur inside ordinary words.
_SHORTEST_INSIDE = 5


class Mask:
    """Shows values as their kinds allow.

    Shape: `kinds` gives each kind's `masks`; `known` the kind of values; `names` are people's names. Words of
    `companies` stay: build accounts and parcels carry them where a person's name belongs.
    """

    def __init__(
        self,
        kinds: Mapping[str, Callable[[str], str]],
        known: Mapping[str, str],
        names: Iterable[str],
        companies: Iterable[str] = (),
    ) -> None:
        self._kinds = kinds
        self._known = known
        self._companies = frozenset(companies)
        self._open = set(_words(self._companies))
        self._names = {word for word in _words(names) if len(word) > 1} - self._open
        longer = sorted(n for n in self._names if len(n) >= _SHORTEST_INSIDE)
        self._inside = re.compile("|".join(map(re.escape, longer))) if longer else None

    def value(self, text: str, kind: str | None = None, instead: str = "value") -> str:
        """What stands for a value; where nobody knows its kind, `instead` is said."""
        of = kind or self._known.get(text)
        return self._kinds[of](text) if of is not None and of in self._kinds else pseudonym(instead, text)

    def words(self, text: str) -> str:
        """A free text without people's names and anything that looks like an address or a number of theirs."""
        plain = redacted(text)
        return " ".join(_LONG_DIGITS.sub("<number>", _TOKEN.sub(self._named, plain)).split())

    def _named(self, found: re.Match[str]) -> str:
        folded = found[0].casefold()
        if folded in self._open:
            return found[0]
        if folded in self._names or (self._inside is not None and self._inside.search(folded)):
            return UNNAMED
        return found[0]

    def because(self, told: Mapping[str, Any], sql: str = "") -> dict[str, Any]:
        """What fills a finding's sentence. Shape: `sql` is the indicator's own text, whose phrases it may say."""
        return {name: self._shown(name, value, sql) for name, value in told.items()}

    def _shown(self, name: str, value: Any, sql: str) -> Any:
        if value is None or isinstance(value, bool) or (isinstance(value, int | float) and abs(value) < _LARGE):
            return value
        if isinstance(value, list):
            return ", ".join(str(self._shown(name, one, sql)) for one in value)
        text = str(value)
        if _WHEN.fullmatch(text):
            return text[:10]
        if name in CLOSED or _SMALL.fullmatch(text) or text in self._companies:
            return text
        if not text.strip() or _is_phrase(text, sql):
            return text
        return self.words(text) if name in OPEN else self.value(text, instead=name)

    def reference(self, ref: str) -> str:
        """A record reference: the source, and the record's id where a machine made it, else a tag for it."""
        source, _, own = ref.partition(":")
        is_opaque = _OPAQUE.fullmatch(own) is not None and _TOKEN.sub(self._named, own) == own
        return f"{source}:{own}" if is_opaque else f"{self.words(source)}:{pseudonym('ref', own)}"


@lru_cache(maxsize=256)
def _phrases(sql: str) -> re.Pattern[str]:
    """What an indicator says by itself: its literals of three signs or more and small numbers, one after another."""
    literals = {found.replace("''", "'") for found in _LITERAL.findall(sql)}
    pieces = sorted((re.escape(one) for one in literals if len(one) > 2), key=lambda one: (-len(one), one))
    return re.compile(f"(?=.*[^\\W\\d])(?:{'|'.join([*pieces, _NUMBER])})+")


def _is_phrase(text: str, sql: str) -> bool:
    """Whether a text is an indicator's own, so that no record wrote it."""
    return _phrases(sql).fullmatch(text) is not None


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _TOKEN.findall(text.casefold())
