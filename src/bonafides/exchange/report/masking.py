"""What of a finding may be read before a case is open: counts, dates and products yes, people's values never.

Why a list of what is shown, not of what is hidden: a new indicator's placeholder is hidden until somebody put it here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from bonafides.kinds.base import pseudonym
from bonafides.redact import redacted

# Placeholders filled from our own tables or from the vendor's fixed vocabulary.
CLOSED = frozenset(
    {"product", "products", "rule", "tool", "tools", "tool_class", "channel", "factor", "method", "check"}
)
# Placeholders in which a thing says what it is: shown without names and anything that looks like a person's data.
OPEN = frozenset({"seen", "camera", "client", "device", "signer", "service", "action", "control", "controls"})
# What a sentence says instead of a name.
UNNAMED = "(name)"

_WHEN = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d(:?\d\d)?)?")
_SMALL = re.compile(r"-?\d{1,4}(\.\d+)?")
_OPAQUE = re.compile(r"[0-9a-f][0-9a-f-]{14,}", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+")
_LONG_DIGITS = re.compile(r"\d{7,}")
# Shorter names occur inside ordinary words.
_SHORTEST_INSIDE = 5


class Mask:
    """Shows values as their kinds allow.

    Shape: `kinds` gives each kind's `masks`; `known` the kind of values; `names` are people's names. Words of
    `open_names` (companies) stay: build accounts and parcels carry them where a person's name belongs.
    """

    def __init__(
        self,
        kinds: Mapping[str, Callable[[str], str]],
        known: Mapping[str, str],
        names: Iterable[str],
        open_names: Iterable[str] = (),
    ) -> None:
        self._kinds = kinds
        self._known = known
        self._open = set(_words(open_names))
        self._names = {word for word in _words(names) if len(word) > 1} - self._open
        longer = sorted(n for n in self._names if len(n) >= _SHORTEST_INSIDE)
        self._inside = re.compile("|".join(map(re.escape, longer))) if longer else None

    def value(self, text: str, kind: str | None = None) -> str:
        """What stands for a value; of a kind that nobody knows it is just a value."""
        of = kind or self._known.get(text)
        return self._kinds[of](text) if of is not None and of in self._kinds else pseudonym("value", text)

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

    def because(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """What fills a finding's sentence, each placeholder shown or masked by its name and what it holds."""
        return {name: self._shown(name, value) for name, value in told.items()}

    def _shown(self, name: str, value: Any) -> Any:
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, list):
            return ", ".join(str(self._shown(name, one)) for one in value)
        text = str(value)
        if name in CLOSED or _WHEN.fullmatch(text) or _SMALL.fullmatch(text):
            return text
        return self.words(text) if name in OPEN else self.value(text)

    def reference(self, ref: str) -> str:
        """A record reference: the source, and the record's id where it is opaque, else a tag for it."""
        source, _, own = ref.partition(":")
        return f"{source}:{own}" if _OPAQUE.fullmatch(own) else f"{self.words(source)}:{pseudonym('ref', own)}"


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _TOKEN.findall(text.casefold())
