"""What an indicator is, and how its file is read."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bonafides import units
from bonafides.errors import BadUnit
from bonafides.store.sql import tables_read

CLAIMS = ("identity", "location", "custody", "authorship", "payee", "history", "exclusivity", "stewardship")
HYPOTHESES = ("elsewhere", "overextended", "hijacked", "stand_in")
STATES = ("draft", "live", "retired")
# What a finding rests on. Nobody reaches `review` without something of the first three.
BASES = ("physical", "payee", "identity", "network", "behaviour", "history")
CORE = frozenset({"physical", "payee", "identity"})
RETURNS = ("company", "subject_id", "first_at", "last_at", "strength", "value")
KEYS = frozenset(
    {
        "id",
        "title",
        "claim",
        "basis",
        "says",
        "benign",
        "resolve",
        "reads",
        "needs",
        "weights",
        "why",
        "group",
        "state",
        "attack",
        "refs",
    }
)
# Which published red flags an indicator carries: ids of reference/catalogue.csv.
MORE_KEYS = frozenset({"catalogue"})


@dataclass(frozen=True)
class Indicator:
    """One question to the records.

    Shape: `sql` is one SELECT returning RETURNS and then whatever `says` names, and columns called `ref…`
    (event_refs). `needs` names the columns without which a company cannot be asked (`table.column`, or several of
    which any one will do, `|` between): missing or empty there, it is skipped, and says so.
    Units: `weights` are decibans of each hypothesis against genuine at strength 1; evidence for the worker is negative.
    """

    id: str
    title: str
    claim: str
    basis: str
    says: str
    benign: tuple[str, ...]
    resolve: str
    reads: tuple[str, ...]
    needs: tuple[tuple[tuple[str, str], ...], ...]
    weights: Mapping[str, float]
    why: str
    group: str
    state: str
    attack: tuple[str, ...]
    refs: tuple[str, ...]
    catalogue: tuple[str, ...]
    sql: str
    digest: str

    @property
    def is_in_favour(self) -> bool:
        """Does a finding speak for the worker?"""
        return self.weights["stand_in"] < 0

    @property
    def placeholders(self) -> set[str]:
        """Names that the sentence needs."""
        return {name for _, name, _, _ in string.Formatter().parse(self.says) if name}


def load(path: Path) -> Indicator:
    """The indicator that a file describes.

    Raises: BadUnit naming file and line.
    """
    head, sql = units.header(path, KEYS, MORE_KEYS)
    wrong = [
        f"{key} must be one of {', '.join(allowed)}"
        for key, allowed in (("claim", CLAIMS), ("basis", BASES), ("state", STATES))
        if head[key] not in allowed
    ]
    if set(head["weights"]) != set(HYPOTHESES):
        wrong.append(f"weights are given for {', '.join(HYPOTHESES)}")
    if not head["benign"]:
        wrong.append("at least one benign explanation")
    if (read := tables_read(sql)) != set(head["reads"]):
        wrong.append(f"says it reads {sorted(head['reads'])}, reads {sorted(read)}")
    needs = tuple(tuple(_column(one) for one in need.split("|")) for need in head["needs"])
    if any(not all(one) for need in needs for one in need):
        wrong.append("needs are written table.column, several of which one will do with | between")
    if wrong:
        raise BadUnit(f"{path}:1: {'; '.join(wrong)}")
    return Indicator(
        id=head["id"],
        title=head["title"],
        claim=head["claim"],
        basis=head["basis"],
        says=head["says"],
        benign=tuple(head["benign"]),
        resolve=head["resolve"],
        reads=tuple(sorted(head["reads"])),
        needs=needs,
        weights={h: float(w) for h, w in head["weights"].items()},
        why=head["why"],
        group=head["group"],
        state=head["state"],
        attack=tuple(head["attack"] or ()),
        refs=tuple(head["refs"] or ()),
        catalogue=tuple(head.get("catalogue") or ()),
        sql=sql.rstrip(";\n "),
        digest=units.digest(path),
    )


def _column(text: str) -> tuple[str, str]:
    table, _, column = text.strip().partition(".")
    return table, column


@lru_cache(maxsize=1)
def catalogue(folder: Path) -> Mapping[str, Indicator]:
    """All indicators under a folder, by id. Read once: units do not change while a program runs."""
    return MappingProxyType({path.stem: load(path) for path in units.sql_files(folder)})


def core_of(indicators: Mapping[str, Indicator]) -> list[str]:
    """Those whose finding rests on something of the kind without which nobody reaches `review`."""
    return [name for name, one in indicators.items() if one.basis in CORE]


def sharing_of(indicators: Mapping[str, Indicator]) -> list[str]:
    """Those that ask what people share: what one of two is found to share, the other is as well."""
    return [name for name, one in indicators.items() if "tie" in one.reads]


def sentence(indicator: Indicator, because: Mapping[str, Any]) -> str:
    """What a finding says, its placeholders filled in; what is not known reads as `?`."""
    return indicator.says.format_map({name: _plain(because.get(name)) for name in indicator.placeholders})


def _plain(value: Any) -> str:
    if value is None:
        return "?"
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    text = str(value)
    return text[:10] if len(text) == 19 and text[4] == "-" and text[13] == ":" else text
