"""What became of each raw file."""

from collections import Counter
from dataclasses import dataclass, field

from bonafides.fetch.folders import Export
from bonafides.store.shelf import Page


@dataclass
class FileLedger:
    """What became of one raw file. Units: items; items = kept + duplicates + the sum of set_aside."""

    export: Export
    items: int = 0
    kept: int = 0
    duplicates: int = 0
    set_aside: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    lines: list[tuple[int, str, str]] = field(default_factory=list)  # line or item, reason, hash

    def leave(self, line: int, reason: str, item_ref: str) -> None:
        """Count one item as set aside that never reached the engine."""
        self.items += 1
        self.set_aside[reason] = self.set_aside.get(reason, 0) + 1
        self.lines.append((line, reason, item_ref))

    def stop(self, why: str) -> None:
        """Count the whole file as one item that is set aside, since its source was stopped."""
        self.leave(0, f"the source was stopped: {why}", self.export.sha256)

    def tell(self, page: Page, copies: int) -> None:
        """Take over what became of the file when it was read, and how many of its items are copies of others."""
        self.items, self.unread, self.lines = page.items, dict(page.unread), list(page.lines)
        self.set_aside = dict(Counter(reason for _, reason, _ in self.lines))
        self.duplicates = copies
        self.kept = self.items - len(self.lines) - copies
