"""What the run has on one person, from rows to the dossier of a page."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bonafides.exchange.report import content
from bonafides.exchange.report.masking import Mask
from bonafides.indicators.base import CLAIMS, HYPOTHESES, Indicator, sentence
from bonafides.store.duckdb import Store
from bonafides.workflow import listing
from bonafides.workflow.listing import Subject

_EXPLANATIONS = ("genuine", *HYPOTHESES)
# Names of others behind one shared value; the rest are counted.
_MOST_OTHERS = 6
_MOST_TIES = 8
_MOST_REFS = 6


@dataclass(frozen=True)
class Sight:
    """What is needed to show anything. Shape: `who` has everybody on the page under a pseudonym."""

    mask: Mask
    known: Mapping[str, Indicator]
    who: Mapping[Subject, content.Who]


def because(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a finding's row holds for its sentence, and the references behind it."""
    told = json.loads(row["because"]) if row["because"] else {}
    return told if isinstance(told, dict) else {}


def dossiers(
    store: Store, sight: Sight, rows: Sequence[Mapping[str, Any]], found: listing.Rows
) -> tuple[content.Dossier, ...]:
    """Dossiers of the listed, in their order. Shape: `rows` as `listing.listed` has them, `found` their findings."""
    sums, shared, dated = listing.contributions(store), listing.ties(store), listing.events(store)
    made = []
    for row in rows:
        subject = (row["company"], row["subject_id"])
        own = _findings(sight, found.get(subject, ()))
        tied = _ties(sight, shared.get(subject, ()))
        open_ties = [t for t in tied if t.explained_by is None]
        made.append(
            content.Dossier(
                who=sight.who[subject],
                kind=row["subject_kind"] or "worker",
                tier=row["tier"],
                explanation=row["explanation"],
                runner_up=row["runner_up"],
                probabilities=tuple((h, float(row[h])) for h in _EXPLANATIONS),
                decibans=float(row["decibans"]),
                network=row["network_id"],
                controls=tuple(part for part in (row["at_stake"] or "").split(";") if part),
                wages=float(row["wages"] or 0),
                test_next=row["test_next"],
                engagement=_engagement(row),
                claims=tuple(content.Claim(c, _standing(row, c)) for c in CLAIMS),
                contributions=tuple(_contribution(sight, c) for c in sums.get(subject, ())),
                findings=own,
                events=_events(sight, dated.get(subject, ()), own) if row["is_full"] else (),
                ties=(*open_ties[:_MOST_TIES], *(t for t in tied if t.explained_by is not None)),
                more_ties=max(0, len(open_ties) - _MOST_TIES),
                is_full=bool(row["is_full"]),
            )
        )
    return tuple(made)


def _standing(row: Mapping[str, Any], claim: str) -> str:
    held = {s for s in ("corroborated", "contradicted", "untested") if claim in (row[s] or "").split(";")}
    if {"corroborated", "contradicted"} <= held:
        return "mixed"
    return next(iter(sorted(held)), "quiet")


def _engagement(row: Mapping[str, Any]) -> str:
    """The job in a few words that name nobody. Shape: from closed vocabularies only."""
    allowed = {"employee", "contractor", "remote", "hybrid", "onsite"}
    words = [w for w in (row["work_arrangement"], row["engagement"]) if w in allowed]
    return " ".join([*words, "through an agency"] if row["agency"] else words)


def _contribution(sight: Sight, row: Mapping[str, Any]) -> content.Contribution:
    what, value = row["what"], row["value"]
    indicator = sight.known.get(what) if row["step"] == "finding" else None
    kind = what if row["step"] == "tie" else None
    return content.Contribution(
        step=row["step"],
        what=indicator.title if indicator else what,
        tag=sight.mask.value(value, kind) if value is not None and kind else None,
        amounts=tuple(float(row[h]) for h in HYPOTHESES),  # type: ignore[arg-type]  # four hypotheses, four amounts
        is_counted=bool(row["is_counted"]),
        cause=row["cause"],
    )


def _findings(sight: Sight, rows: Iterable[Mapping[str, Any]]) -> tuple[content.Finding, ...]:
    made: list[tuple[float, content.Finding]] = []
    for row in rows:
        indicator = sight.known.get(row["indicator"])
        told = because(row)
        shown = sight.mask.because(told, indicator.sql if indicator else "")
        says = sentence(indicator, shown) if indicator else row["indicator"]
        tag = sight.mask.value(row["value"]) if row["value"] is not None else None
        # What the sentence shows anyway, a tool's name or the value's own tag, needs no tag beside it.
        if tag is not None and (tag in says or row["value"] in map(str, shown.values())):
            tag = None
        refs = sorted({str(v) for k, v in told.items() if k.startswith("ref") and v})
        weights = indicator.weights if indicator else dict.fromkeys(HYPOTHESES, 0.0)
        finding = content.Finding(
            indicator=row["indicator"],
            title=indicator.title if indicator else row["indicator"],
            claim=row["claim"],
            sentence=says,
            tag=tag,
            first_on=day(row["first_at"]),
            last_on=day(row["last_at"]),
            strength=float(row["strength"]),
            is_in_favour=indicator.is_in_favour if indicator else False,
            benign=indicator.benign if indicator else (),
            why=indicator.why if indicator else "",
            resolve=indicator.resolve if indicator else "",
            refs=tuple(sight.mask.reference(ref) for ref in refs[:_MOST_REFS]),
        )
        made.append((max(abs(w) for w in weights.values()) * finding.strength, finding))
    order = sorted(made, key=lambda m: (m[1].is_in_favour, -m[0], m[1].indicator, m[1].sentence))
    return tuple(finding for _, finding in order)


def day(at: Any) -> date | None:
    """The day of a timestamp or date."""
    return at.date() if isinstance(at, datetime) else at if isinstance(at, date) else None


def _events(
    sight: Sight, rows: Iterable[Mapping[str, Any]], found: Iterable[content.Finding]
) -> tuple[content.Event, ...]:
    made = []
    for row in rows:
        detail = row["detail"]
        if detail is None:
            says = row["what"]
        elif row["kind"]:
            says = f"{row['what']} {sight.mask.value(detail, row['kind'])}"
        else:
            says = f"{row['what']}: {sight.mask.words(detail)}"
        made.append(content.Event(row["day"], row["lane"], says.replace("_", " ")))
    for finding in found:
        lane = "favour" if finding.is_in_favour else "finding"
        if finding.first_on:
            made.append(content.Event(finding.first_on, lane, f"first: {finding.title}"))
        if finding.last_on and finding.last_on != finding.first_on:
            made.append(content.Event(finding.last_on, lane, f"last: {finding.title}"))
    return tuple(sorted(set(made), key=lambda e: (e.on, e.lane, e.says)))


def _ties(sight: Sight, rows: Iterable[Mapping[str, Any]]) -> tuple[content.Ties, ...]:
    """One entry a value: what twelve hold is one thing to look at, not eleven. What an explanation leaves nothing of is
    one entry a kind."""
    held: dict[tuple[str, str | None, str | None], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        is_idle = row["explained_by"] is not None and not row["weight"]
        held[row["kind"], None if is_idle else row["value"], row["explained_by"]].append(row)
    made = []
    for (kind, value, explained), group in held.items():
        people = sorted({(r["other_company"], r["other"]) for r in group})
        others = [sight.who[person] for person in people if person in sight.who]
        far = [r["distance_km"] for r in group if r["distance_km"] is not None]
        lasting = [r["overlap_days"] for r in group if r["overlap_days"] is not None]
        made.append(
            content.Ties(
                kind=kind,
                tag=sight.mask.value(value, kind) if value is not None else None,
                values=len({r["value"] for r in group}),
                explained_by=explained,
                weight=max(float(r["weight"]) for r in group),
                share=max((float(r["share"]) for r in group if r["share"] is not None), default=None),
                overlap_days=max(lasting, default=None),
                nearest_km=min(far, default=None),
                furthest_km=max(far, default=None),
                others=tuple(others[:_MOST_OTHERS]),
                more=len(people) - min(len(others), _MOST_OTHERS),
            )
        )
    return tuple(sorted(made, key=lambda t: (t.explained_by is not None, -t.weight, -t.values, t.kind, t.tag or "")))
