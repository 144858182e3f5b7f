"""One run's clock and what it tells while it works. Nothing below the faces reads the wall clock."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime


def _silent(_: str) -> None:
    return None


def some(names: Iterable[str]) -> str:
    """The first three of names in order, and whether there are more."""
    there = sorted(names)
    return ", ".join(there[:3]) + (" and more" if len(there) > 3 else "")


@dataclass
class Run:
    """What one run knows of itself.

    Units: `now` is UTC and aware; it only refuses times in the future. Everything that is published is
    dated by the records (`as_of` is the newest time kept), so the same inputs give the same bytes.
    """

    now: datetime
    say: Callable[[str], None] = _silent
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        """Keep a remark for the manifest, and say it."""
        self.notes.append(text)
        self.say(text)
