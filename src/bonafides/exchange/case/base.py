"""What leaves the house with a case, and what a format for it is. Pure: what may be seen was decided before."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

# Names of things in files that others read: the same thing has the same one in every export.
_SPACE = bytes.fromhex("6f1b4a0e3a5d5c1b9f0e2b7c8d9e0a11")
# What every file says of itself: the guardrails go with what leaves.
NOTICE = (
    "A finding is a claim contradicted by a record, an assessment a recommendation, a decision a person's. No court "
    "has found anybody named here to have done wrong. The owner of an identity may be its first victim."
)


@dataclass(frozen=True)
class Proof:
    """One raw item behind a finding. Unknown: `file` is None where the item is not on record any more."""

    ref: str
    file: str | None
    sha256: str | None
    item: int | None


@dataclass(frozen=True)
class Finding:
    """A claim contradicted, in a sentence, with the honest explanations."""

    indicator: str
    title: str
    claim: str
    says: str
    benign: tuple[str, ...]
    first_at: str | None
    last_at: str | None
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Wages:
    """What was paid to one account. Units: `amount` in `currency`."""

    account: str
    currency: str
    amount: float
    payments: int
    first_on: str
    last_on: str


@dataclass(frozen=True)
class Person:
    """One subject of the case. Shape: `name` and `address` are None unless a second person agreed to the reveal."""

    company: str
    subject: str
    name: str | None
    address: str | None
    kind: str
    tier: str
    explanation: str
    probability: float
    decibans: float
    claims: dict[str, str]
    decision: str | None
    false_claims: tuple[str, ...]
    reason: str | None
    reply: str | None
    assets: str | None
    started_on: str | None
    ended_on: str | None
    findings: tuple[Finding, ...]
    wages: tuple[Wages, ...]
    network_id: str | None
    is_revealed: bool


@dataclass(frozen=True)
class Shared:
    """A value that several subjects of the case hold. Shape: `holders` are places in `people`."""

    kind: str
    value: str
    holders: tuple[int, ...]
    is_revealed: bool


@dataclass(frozen=True)
class CaseFile:
    """A case as it may leave. Shape: `follows` is the hash of the ledger's entry before; times are ISO, UTC."""

    case_id: str
    title: str
    opened_at: str
    exported_at: str
    exported_by: str
    run_id: str
    records: str
    follows: str
    people: tuple[Person, ...]
    shared: tuple[Shared, ...]
    notes: tuple[tuple[str, str, str], ...]

    def id_of(self, kind: str, *parts: str) -> str:
        """A UUID for a thing, the same in every export: version 5, made of a name."""
        made = bytearray(
            hashlib.sha1(_SPACE + "\x1f".join((kind, *parts)).encode(), usedforsecurity=False).digest()[:16]
        )
        made[6], made[8] = made[6] & 0x0F | 0x50, made[8] & 0x3F | 0x80
        text = made.hex()
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


@dataclass(frozen=True)
class CaseExport:
    """One outgoing format for cases. Shape: `left_out` says what the format cannot carry."""

    name: str
    title: str
    suffix: str
    encode: Callable[[CaseFile], bytes]
    left_out: Sequence[str]


def text(value: Any) -> bytes:
    """One JSON value as a file's content."""
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def moment(at: str) -> str:
    """An ISO time or day as the time that most formats want."""
    day = at.replace(" ", "T")
    return f"{day[:19] if 'T' in day else day[:10] + 'T00:00:00'}Z"
