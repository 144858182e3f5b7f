"""One thing that somebody did. Cases, decisions and the evidence ledger are all read from these, and from nothing else.

Why one table: what a case says and what the ledger proves can then not differ.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# What can be done, with what an entry of that kind must say.
KINDS: Mapping[str, tuple[str, ...]] = {
    "case_opened": ("title", "subjects"),
    "subject_added": ("company", "subject_id"),
    "assigned": ("to",),
    "noted": ("text",),
    "task_added": ("text",),
    "task_done": ("task",),
    "judged": ("company", "subject_id", "outcome", "reason"),
    "reveal_asked": ("company", "subject_id", "reason"),
    "agreed": ("entry",),
    "refused": ("entry", "reason"),
    "revealed": ("company", "subject_id"),
    "suppressed": ("company", "subject_id", "indicator", "reason", "until"),
    "replied": ("company", "subject_id", "text"),
    "linked": ("to",),
    "closed": ("reason",),
    "exported": ("what", "format", "sha256"),
    "viewed": ("what",),
    "token_made": ("name", "scopes", "until", "sha256"),
    "token_ended": ("sha256",),
}
# What an entry may say besides.
MORE: Mapping[str, tuple[str, ...]] = {
    "case_opened": ("network_id",),
    "noted": ("company", "subject_id"),
    "task_added": ("company", "subject_id"),
    "judged": ("claims", "explanation"),
    "viewed": ("company", "subject_id"),
}
START = "0" * 64


@dataclass(frozen=True)
class Deed:
    """What somebody does, before it is written down.

    Shape: `body` holds what KINDS asks for, JSON-ready; `at` is ISO time in UTC. Unknown: `run_id` and `case_id` are
    None where there is none.
    """

    at: str
    actor: str
    role: str
    kind: str
    body: Mapping[str, Any]
    case_id: str | None = None
    run_id: str | None = None


@dataclass(frozen=True)
class Entry:
    """A deed as it stands in the ledger. Shape: `seq` counts from 1; `hash` covers the deed and the hash before it."""

    seq: int
    deed: Deed
    previous: str
    hash: str


def canonical(body: Mapping[str, Any]) -> str:
    """A body as the one text that it is kept and hashed as."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def chained(seq: int, deed: Deed, previous: str) -> Entry:
    """The entry that follows another."""
    told = [seq, deed.at, deed.actor, deed.role, deed.kind, canonical(deed.body), deed.case_id, deed.run_id, previous]
    return Entry(seq, deed, previous, hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest())
