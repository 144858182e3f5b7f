"""What a run says that the one before did not: tiers raised, new findings about the listed, networks new or grown."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bonafides.cases.state import State
from bonafides.store.duckdb import Store
from bonafides.store.publishing import manifest
from bonafides.workflow.export import Veil, veil
from bonafides.workflow.listing import RANK
from bonafides.workflow.published import source
from bonafides.workflow.quiet import Quiet, quiet

# Assessments with the place of the tier on a worklist; after `review` nobody is to be looked at: that is no news.
_RANKED = f"(SELECT *, {RANK} AS rank FROM {{}})"
_LISTED = "rank <= 2"


@dataclass(frozen=True)
class Raised:
    """Somebody whose tier rose. Unknown: `was` is None where the run before did not know the subject."""

    company: str
    subject: str  # masked
    was: str | None
    tier: str
    explanation: str


@dataclass(frozen=True)
class NewFinding:
    """An indicator that fires now, and did not before, for somebody who was listed and still is."""

    company: str
    subject: str  # masked
    indicator: str
    claim: str


@dataclass(frozen=True)
class Grown:
    """A network that is new or holds more people. Unknown: `was` is None where there was none of this id."""

    network_id: str
    was: int | None
    members: int
    companies: int


@dataclass(frozen=True)
class News:
    """What is new in a run. Shape: masked; `before` is the run that it is compared with, None for the first."""

    run_id: str
    before: str | None
    raised: tuple[Raised, ...]
    findings: tuple[NewFinding, ...]
    networks: tuple[Grown, ...]

    def __bool__(self) -> bool:
        return bool(self.raised or self.findings or self.networks)

    def plain(self) -> dict[str, Any]:
        """As values for programs."""
        told: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return told

    def lines(self) -> list[str]:
        """As text for people, a fact a line. Why: a recommendation to look, never a verdict."""
        said = [
            f"{r.company} {r.subject}: {r.was or 'not known'} -> {r.tier} (leading explanation: {r.explanation})"
            for r in self.raised
        ]
        said += [f"{f.company} {f.subject}: {f.indicator} (claim: {f.claim})" for f in self.findings]
        said += [
            f"network {n.network_id}: {f'{n.was} -> ' if n.was else 'new, '}{n.members} people at {n.companies} companies"
            for n in self.networks
        ]
        return said


def since(run: Path, decided: State | None = None, today: date | None = None, shown: Veil | None = None) -> News:
    """What a published run says that the run it followed did not.

    Shape: where that run is gone, or there was none, all that is listed is new. What people dismissed, by `decided`, is
    no news `today` until something newer is found. `shown` are the run's pseudonyms, where they are at hand.
    """
    before = manifest(run).get("before")
    old = run.parent / before if before and (run.parent / before).is_dir() else None
    store = Store()
    try:
        shown = shown or veil(store, run)
        still = quiet(store, run, decided, today) if decided and today else Quiet()
        return News(
            run.name,
            old.name if old else None,
            tuple(_raised(store, shown, run, old, still)),
            tuple(_findings(store, shown, run, old, still)),
            tuple(_networks(store, run, old)),
        )
    finally:
        store.close()


def _of(run: Path | None, table: str, like: Path) -> str:
    """A published table; an empty one of its shape where there is no run."""
    return source(run, table) if run else f"(SELECT * FROM {source(like, table)} WHERE false)"


def _raised(store: Store, shown: Veil, run: Path, old: Path | None, still: Quiet) -> Iterable[Raised]:
    for row in store.rows(
        f"SELECT n.company, n.subject_id, o.tier AS was, n.tier, n.explanation FROM {_RANKED.format(source(run, 'assessment'))} AS n "
        f"LEFT JOIN {_RANKED.format(_of(old, 'assessment', run))} AS o ON o.company = n.company AND o.subject_id = n.subject_id "
        f"WHERE n.{_LISTED} AND (o.rank IS NULL OR n.rank < o.rank) ORDER BY n.rank, n.stand_in DESC, n.company, n.subject_id"
    ):
        if (row["company"], row["subject_id"]) in still.subjects:
            continue
        yield Raised(
            row["company"],
            shown.who(row["company"], row["subject_id"]),
            row["was"],
            row["tier"],
            row["explanation"],
        )


def _findings(store: Store, shown: Veil, run: Path, old: Path | None, still: Quiet) -> Iterable[NewFinding]:
    for row in store.rows(
        f"SELECT DISTINCT n.company, n.subject_id, n.indicator, n.claim FROM {source(run, 'finding')} AS n "
        f"SEMI JOIN (SELECT * FROM {_RANKED.format(source(run, 'assessment'))} WHERE {_LISTED}) AS l USING (company, subject_id) "
        f"SEMI JOIN (SELECT * FROM {_RANKED.format(_of(old, 'assessment', run))} WHERE {_LISTED}) AS w USING (company, subject_id) "
        f"ANTI JOIN {_of(old, 'finding', run)} AS o "
        "ON o.company = n.company AND o.subject_id = n.subject_id AND o.indicator = n.indicator ORDER BY ALL"
    ):
        if (row["company"], row["subject_id"], row["indicator"]) in still.findings:
            continue
        yield NewFinding(row["company"], shown.who(row["company"], row["subject_id"]), row["indicator"], row["claim"])


def _networks(store: Store, run: Path, old: Path | None) -> Iterable[Grown]:
    for row in store.rows(
        f"SELECT n.network_id, o.members AS was, n.members, n.companies FROM {source(run, 'network')} AS n "
        f"LEFT JOIN {_of(old, 'network', run)} AS o ON o.network_id = n.network_id "
        "WHERE coalesce(o.members, 0) < n.members ORDER BY n.members DESC, n.network_id"
    ):
        yield Grown(row["network_id"], row["was"], row["members"], row["companies"])
