"""What a run came to, as one page: gathered from the store, masked, and written."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bonafides.exchange.report import content
from bonafides.exchange.report.masking import Mask
from bonafides.exchange.report.report import render
from bonafides.indicators.base import CLAIMS, HYPOTHESES, Indicator, sentence
from bonafides.kinds.base import pseudonym
from bonafides.redact import redacted
from bonafides.store.duckdb import Store
from bonafides.workflow import dossiers
from bonafides.workflow.derive import kinds
from bonafides.workflow.detect import indicators
from bonafides.workflow.dossiers import Subject
from bonafides.workflow.ingest import FileLedger

_EXPLANATIONS = ("genuine", *HYPOTHESES)
# Names of others behind one shared value; the rest are counted.
_MOST_OTHERS = 8
_MOST_TIES = 10
_MOST_REFS = 6


def write(store: Store, manifest: Mapping[str, Any], ledgers_summary: Mapping[str, Any], path: Path) -> None:
    """Write the report of a run whose derived tables are still in the store.

    Shape: `manifest` as published, with `run_id`; `ledgers_summary` as `summary` makes it, or empty.
    """
    path.write_bytes(render(gather(store, manifest, ledgers_summary)).encode())


def summary(ledgers: Sequence[FileLedger]) -> dict[str, Any]:
    """What became of the raw files, as far as a page shows it."""
    unread: Counter[tuple[str, str, str]] = Counter()
    for ledger in ledgers:
        for name, count in ledger.unread.items():
            unread[ledger.export.company, ledger.export.source or "(no folder)", name] += count
    return {
        "files": len(ledgers),
        "items": sum(led.items for led in ledgers),
        "kept": sum(led.kept for led in ledgers),
        "duplicates": sum(led.duplicates for led in ledgers),
        "unread": [[*key, count] for key, count in sorted(unread.items())],
    }


@dataclass(frozen=True)
class _Sight:
    """What is needed to show anything: masks, indicators and the pseudonyms of the listed."""

    mask: Mask
    known: Mapping[str, Indicator]
    who: Mapping[Subject, content.Who]


def gather(
    store: Store,
    told: Mapping[str, Any],
    ledgers: Mapping[str, Any],
    known: Mapping[str, Indicator] | None = None,
) -> content.Report:
    """Everything on the page, masked. Shape: `told` is the manifest; `known` all indicators by id."""
    known = indicators() if known is None else known
    rows = dossiers.listed(store)
    members = dossiers.members(store)
    found = dossiers.findings(store)
    sight = _Sight(
        Mask(
            {name: kind.masks for name, kind in kinds().items()},
            dossiers.kinds_of(store, _values(found)),
            dossiers.names(store),
            (row["company"] for row in store.rows("SELECT DISTINCT company FROM assessment")),
        ),
        known,
        _named([*rows, *(row for group in members.values() for row in group)]),
    )
    counts = store.rows(
        "SELECT count_if(subject_kind = 'worker') AS workers, count_if(subject_kind = 'applicant') AS applicants, "
        "count(DISTINCT company) AS companies FROM assessment"
    )[0]
    tiers = {r["tier"]: r["n"] for r in store.rows("SELECT tier, count(*) AS n FROM assessment GROUP BY tier")}
    left = dossiers.left_out(store)
    made = _dossiers(store, sight, rows, found)
    return content.Report(
        run_id=str(told.get("run_id", "")),
        version=str(told.get("bonafides", "")),
        as_of=datetime.fromisoformat(told["as_of"]).date() if told.get("as_of") else None,
        records=str(told.get("records", "")),
        currency=_currency(store),
        **counts,
        tiers=tuple((tier, tiers.get(tier, 0)) for tier in ("urgent", "review", "watch", "clear")),
        dossiers=made,
        more_watch=left.get(False, 0),
        more_listed=left.get(True, 0),
        networks=tuple(_networks(store, sight, members, {d.who.anchor for d in made})),
        intake=_intake(store, sight, ledgers),
        asked=_asked(store, known),
        standings=tuple(content.Standing(**row) for row in dossiers.standings(store, CLAIMS)),
        settings=tuple((k, str(v)) for k, v in sorted((told.get("settings") or {}).items()) if _is_plain(v)),
        notes=tuple(redacted(note) for note in told.get("notes") or ()),
    )


def _is_plain(value: Any) -> bool:
    return isinstance(value, int | float | str)


def _values(found: dossiers.Rows) -> list[str]:
    """Texts in findings that may be values."""
    texts: set[str] = set()
    for rows in found.values():
        for row in rows:
            texts |= {v for v in _because(row).values() if isinstance(v, str)}
            texts |= {row["value"]} if row["value"] is not None else set()
    return sorted(texts)


def _because(row: Mapping[str, Any]) -> dict[str, Any]:
    told = json.loads(row["because"]) if row["because"] else {}
    return told if isinstance(told, dict) else {}


def _named(rows: Iterable[Mapping[str, Any]]) -> dict[Subject, content.Who]:
    """A pseudonym for everybody listed; where two would read the same, a counter tells them apart."""
    people = {(r["company"], r["subject_id"]): r["subject_kind"] or "worker" for r in rows}
    seen: Counter[str] = Counter()
    found = {}
    for subject, kind in sorted(people.items()):
        name = pseudonym(kind, "\x1f".join(subject))
        seen[name] += 1
        name = name if seen[name] == 1 else f"{name}-{seen[name]}"
        found[subject] = content.Who(name.replace(" ", "-"), name, subject[0])
    return found


def _currency(store: Store) -> str:
    if "payment" not in store.tables():
        return ""
    rows = store.rows("SELECT DISTINCT upper(trim(currency)) AS currency FROM payment WHERE currency IS NOT NULL")
    return str(rows[0]["currency"]) if len(rows) == 1 and len(rows[0]["currency"]) == 3 else ""


def _dossiers(
    store: Store, sight: _Sight, rows: Sequence[Mapping[str, Any]], found: dossiers.Rows
) -> tuple[content.Dossier, ...]:
    sums, shared, dated = dossiers.contributions(store), dossiers.ties(store), dossiers.events(store)
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


def _contribution(sight: _Sight, row: Mapping[str, Any]) -> content.Contribution:
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


def _findings(sight: _Sight, rows: Iterable[Mapping[str, Any]]) -> tuple[content.Finding, ...]:
    made: list[tuple[float, content.Finding]] = []
    for row in rows:
        indicator = sight.known.get(row["indicator"])
        told = _because(row)
        shown = sight.mask.because(told)
        value = row["value"]
        # A value that the sentence shows anyway (a tool, a product) needs no tag beside it.
        tag = sight.mask.value(value) if value is not None and value not in map(str, shown.values()) else None
        refs = sorted({str(v) for k, v in told.items() if k.startswith("ref") and v})
        weights = indicator.weights if indicator else dict.fromkeys(HYPOTHESES, 0.0)
        finding = content.Finding(
            indicator=row["indicator"],
            title=indicator.title if indicator else row["indicator"],
            claim=row["claim"],
            sentence=sentence(indicator, shown) if indicator else row["indicator"],
            tag=tag,
            first_on=_day(row["first_at"]),
            last_on=_day(row["last_at"]),
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


def _day(at: Any) -> date | None:
    return at.date() if isinstance(at, datetime) else at if isinstance(at, date) else None


def _events(
    sight: _Sight, rows: Iterable[Mapping[str, Any]], found: Iterable[content.Finding]
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


def _ties(sight: _Sight, rows: Iterable[Mapping[str, Any]]) -> tuple[content.Ties, ...]:
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


def _networks(
    store: Store, sight: _Sight, members: Mapping[str, Sequence[Mapping[str, Any]]], listed: set[str]
) -> Iterable[content.Network]:
    shared: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for network_id, hub in dossiers.hubs(store):
        shared[network_id].append(hub)
    for row in dossiers.networks(store):
        group = members.get(row["network_id"], [])
        place = {(m["company"], m["subject_id"]): n for n, m in enumerate(group)}
        yield content.Network(
            network_id=row["network_id"],
            probability=float(row["probability"]),
            members=tuple(_member(sight, m, listed) for m in group),
            hubs=tuple(_hubs(sight, shared[row["network_id"]], place)),
            wages=float(row["wages"] or 0),
            assets=tuple(
                (a["company"], sight.mask.words(a["asset"]), a["control"]) for a in json.loads(row["assets"] or "[]")
            ),
            first_on=_day(row["first_at"]),
            last_on=_day(row["last_at"]),
            came_from=tuple(n for n in (row["came_from"] or "").split(";") if n and n != row["network_id"]),
        )


def _member(sight: _Sight, row: Mapping[str, Any], listed: set[str]) -> content.Member:
    who = sight.who[row["company"], row["subject_id"]]
    return content.Member(
        who=who,
        kind=row["subject_kind"] or "worker",
        tier=row["tier"],
        probability=float(row["probability"]),
        wages=float(row["wages"] or 0),
        joined_on=row["started_on"],
        left_on=row["ended_on"],
        is_listed=who.anchor in listed,
    )


def _hubs(sight: _Sight, shared: Iterable[Mapping[str, Any]], place: Mapping[Subject, int]) -> Iterable[content.Hub]:
    numbers: Counter[str] = Counter()
    for hub in shared:
        numbers[hub["kind"]] += 1
        yield content.Hub(
            number=numbers[hub["kind"]],
            kind=hub["kind"],
            tag=sight.mask.value(hub["value"], hub["kind"]),
            members=tuple(sorted(place[s] for s in hub["held_by"])),
            parties=int(hub["parties"]),
            share=float(hub["share"]),
            weight=float(hub["weight"]),
            received=None if hub["received"] is None else float(hub["received"]),
        )


def _intake(store: Store, sight: _Sight, ledgers: Mapping[str, Any]) -> content.Intake:
    aside = store.rows(
        "SELECT company, source, reason, count(*) AS n FROM set_aside GROUP BY ALL ORDER BY source, reason, company"
    )
    nobody = store.rows("SELECT company, record_table, reason, n FROM unattributed WHERE n > 0 ORDER BY ALL")
    return content.Intake(
        files=ledgers.get("files"),
        items=ledgers.get("items"),
        kept=ledgers.get("kept"),
        duplicates=ledgers.get("duplicates"),
        set_aside=tuple((r["company"], r["source"], redacted(r["reason"]), r["n"]) for r in aside),
        unread=tuple((c, s, sight.mask.words(name), n) for c, s, name, n in ledgers.get("unread") or ()),
        unattributed=tuple((r["company"], r["record_table"], r["reason"], r["n"]) for r in nobody),
    )


def _asked(store: Store, known: Mapping[str, Indicator]) -> tuple[content.Asked, ...]:
    ended: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in store.rows("SELECT * FROM evaluation ORDER BY indicator, company"):
        ended[row["indicator"]].append(row)
    made = []
    for name in sorted(ended):
        unit, rows = known.get(name), ended[name]
        weights = unit.weights if unit else dict.fromkeys(HYPOTHESES, 0.0)
        made.append(
            content.Asked(
                indicator=name,
                title=unit.title if unit else name,
                claim=rows[0]["claim"],
                weights=tuple(weights[h] for h in HYPOTHESES),  # type: ignore[arg-type]  # four hypotheses, four amounts
                group=unit.group if unit else "",
                ran=sum(r["outcome"] == "ran" for r in rows),
                findings=sum(r["findings"] or 0 for r in rows),
                skipped=_reasons(rows, "skipped"),
                failed=_reasons(rows, "failed"),
            )
        )
    return tuple(sorted(made, key=lambda a: (CLAIMS.index(a.claim) if a.claim in CLAIMS else 99, a.indicator)))


def _reasons(rows: Iterable[Mapping[str, Any]], outcome: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["outcome"] == outcome:
            found[redacted(row["why"] or "no reason given")].append(row["company"])
    return tuple((why, tuple(companies)) for why, companies in sorted(found.items()))
