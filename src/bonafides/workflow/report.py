"""What a run came to, as one page: gathered from the store, masked, and written."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bonafides.exchange.report import content
from bonafides.exchange.report.masking import Mask
from bonafides.exchange.report.report import render
from bonafides.indicators.base import CLAIMS, HYPOTHESES, Indicator
from bonafides.kinds.base import pseudonym
from bonafides.redact import redacted
from bonafides.store.duckdb import Store
from bonafides.workflow import listing
from bonafides.workflow.derive import kinds
from bonafides.workflow.detect import indicators
from bonafides.workflow.dossiers import Sight, because, day, dossiers
from bonafides.workflow.file_ledger import FileLedger
from bonafides.workflow.listing import Subject
from bonafides.workflow.readiness import TABLES, overview
from bonafides.workflow.readiness import gather as readiness


def write(
    store: Store,
    manifest: Mapping[str, Any],
    ledgers_summary: Mapping[str, Any],
    path: Path,
    known: Mapping[str, Indicator] | None = None,
) -> None:
    """Write the report of a run whose derived tables are still in the store.

    Shape: `manifest` as published, with `run_id`; `ledgers_summary` as `summary` makes it, or empty; `known` all
    indicators by id.
    """
    path.write_bytes(render(gather(store, manifest, ledgers_summary, known)).encode())


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


def gather(
    store: Store,
    told: Mapping[str, Any],
    ledgers: Mapping[str, Any],
    known: Mapping[str, Indicator] | None = None,
) -> content.Report:
    """Everything on the page, masked. Shape: `told` is the manifest; `known` all indicators by id."""
    known = indicators() if known is None else known
    rows = listing.listed(store)
    members = listing.members(store)
    found = listing.findings(store)
    sight = Sight(
        Mask(
            {name: kind.masks for name, kind in kinds().items()},
            listing.kinds_of(store, _values(found)),
            listing.names(store),
            (row["company"] for row in store.rows("SELECT DISTINCT company FROM assessment")),
        ),
        known,
        _named([*rows, *(row for group in members.values() for row in group)]),
    )
    counts = store.rows(
        "SELECT count(*) FILTER (subject_kind = 'worker') AS workers, "
        "count(*) FILTER (subject_kind = 'applicant') AS applicants, "
        "count(DISTINCT company) AS companies FROM assessment"
    )[0]
    tiers = {r["tier"]: r["n"] for r in store.rows("SELECT tier, count(*) AS n FROM assessment GROUP BY tier")}
    left = listing.left_out(store)
    made = dossiers(store, sight, rows, found)
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
        standings=tuple(content.Standing(**row) for row in listing.standings(store, CLAIMS)),
        readiness=overview(readiness(*(store.rows(f"SELECT * FROM {name}") for name in TABLES))),
        settings=tuple((k, str(v)) for k, v in sorted((told.get("settings") or {}).items()) if _is_plain(v)),
        notes=tuple(redacted(note) for note in told.get("notes") or ()),
    )


def _is_plain(value: Any) -> bool:
    return isinstance(value, int | float | str)


def _values(found: listing.Rows) -> list[str]:
    """Texts in findings that may be values."""
    texts: set[str] = set()
    for rows in found.values():
        for row in rows:
            texts |= {v for v in because(row).values() if isinstance(v, str)}
            texts |= {row["value"]} if row["value"] is not None else set()
    return sorted(texts)


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


def _networks(
    store: Store, sight: Sight, members: Mapping[str, Sequence[Mapping[str, Any]]], listed: set[str]
) -> Iterable[content.Network]:
    shared: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for network_id, hub in listing.hubs(store):
        shared[network_id].append(hub)
    for row in listing.networks(store):
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
            first_on=day(row["first_at"]),
            last_on=day(row["last_at"]),
            came_from=tuple(n for n in (row["came_from"] or "").split(";") if n and n != row["network_id"]),
            chance=None if row["chance"] is None else float(row["chance"]),
        )


def _member(sight: Sight, row: Mapping[str, Any], listed: set[str]) -> content.Member:
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


def _hubs(sight: Sight, shared: Iterable[Mapping[str, Any]], place: Mapping[Subject, int]) -> Iterable[content.Hub]:
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


def _intake(store: Store, sight: Sight, ledgers: Mapping[str, Any]) -> content.Intake:
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
