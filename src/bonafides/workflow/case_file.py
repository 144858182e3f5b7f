"""A case as it may leave the house: each subject masked unless a second person agreed that they are revealed."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bonafides.exchange.case
from bonafides import units
from bonafides.cases.state import Case, Subject
from bonafides.decisions.entry import START
from bonafides.errors import BadSettings
from bonafides.exchange.case.base import CaseExport, CaseFile, Finding, Person, Shared, Wages
from bonafides.kinds.base import pseudonym
from bonafides.store.duckdb import Store, quoted
from bonafides.store.publishing import RECORDS, manifest
from bonafides.workflow.cases import Desk
from bonafides.workflow.derive import kinds
from bonafides.workflow.explain import Explanation, Told, explained, indicators_of, is_subject
from bonafides.workflow.export import veil
from bonafides.workflow.proofs import Proofs, behind
from bonafides.workflow.published import latest_run, published


@dataclass(frozen=True)
class Exported:
    """A file for others. Shape: `left_out` says what its format cannot carry, `masked` how many subjects are tags."""

    content: bytes
    suffix: str
    sha256: str
    masked: int
    left_out: Sequence[str]


def case_exports() -> dict[str, CaseExport]:
    """All formats for cases, by name."""
    return units.modules(bonafides.exchange.case, "EXPORT", CaseExport)


def export_case(workspace: Path, desk: Desk, case_id: str, format: str) -> Exported:
    """A case in one format. That it was exported is written down before it leaves.

    Raises: BadSettings where there is no such case or format, or the role may not export.
    """
    known = case_exports()
    if format not in known:
        raise BadSettings(f"no format {format}: one of {', '.join(known)}")
    case, entries = desk.case(case_id), desk.entries()
    at, by = desk.signature()
    store = Store()
    try:
        made = _case_file(store, workspace, case, at, by, entries[-1].hash if entries else START)
    finally:
        store.close()
    content = known[format].encode(made)
    sha256 = hashlib.sha256(content).hexdigest()
    desk.do("exported", {"what": case_id, "format": format, "sha256": sha256}, case_id)
    masked = sum(not person.is_revealed for person in made.people)
    return Exported(content, known[format].suffix, sha256, masked, known[format].left_out)


def _case_file(store: Store, workspace: Path, case: Case, at: str, by: str, follows: str) -> CaseFile:
    run = latest_run(workspace)
    revealed = {(r.company, r.subject_id) for r in case.reveals if r.state == "granted"}
    there = {(r["company"], r["subject_id"]) for r in published(store, run, "assessment")}
    missing = [who for who in case.subjects if who not in there]
    if missing:
        raise BadSettings(f"{len(missing)} of the case's subjects are not in the latest run")
    proofs = Proofs(store, workspace)
    shown, known = veil(store, run), indicators_of(run)
    told = {who: explained(store, run, *who, None if who in revealed else shown, known) for who in case.subjects}
    people = tuple(_person(store, workspace, run, case, who, one, proofs) for who, one in told.items())
    return CaseFile(
        case_id=case.case_id,
        title=case.title,
        opened_at=case.opened_at,
        exported_at=at,
        exported_by=by,
        run_id=run.name,
        records=manifest(run)["records"],
        follows=follows,
        people=people,
        shared=_shared(store, run, case.subjects, revealed),
        notes=tuple((e.deed.at, e.deed.actor, e.deed.body["text"]) for e in case.log if e.deed.kind == "noted"),
    )


def _person(
    store: Store, workspace: Path, run: Path, case: Case, who: Subject, one: Explanation, proofs: Proofs
) -> Person:
    """A subject as explained, with what was decided and what was paid. Shape: in clear where `one` is."""
    company, subject_id = who
    is_revealed = not one.is_masked
    (told,) = published(store, run, "subject", is_subject(company, subject_id))
    judgement = case.standing(who)
    replies = [e.deed.body["text"] for e in case.log if e.deed.kind == "replied" and _is(e.deed.body, who)]
    name = " ".join(part for part in (told["given_name"], told["family_name"]) if part)
    return Person(
        company=company,
        subject=one.subject,
        name=(name or None) if is_revealed else None,
        address=told["address"] if is_revealed else None,
        kind=one.subject_kind,
        tier=one.tier,
        explanation=one.explanation,
        probability=one.probabilities[one.explanation],
        decibans=one.decibans,
        claims=dict(one.claims),
        decision=judgement.outcome if judgement else None,
        false_claims=judgement.claims if judgement else (),
        reason=judgement.reason if judgement else None,
        reply="\n".join(replies) or None,
        assets=one.at_stake,
        started_on=_day(told["started_on"]),
        ended_on=_day(told["ended_on"]),
        findings=_findings(store, run, who, one.findings, proofs),
        wages=_wages(store, workspace, run, who, is_revealed),
        network_id=one.network_id,
        is_revealed=is_revealed,
    )


def _is(body: Mapping[str, Any], who: Subject) -> bool:
    return (body["company"], body["subject_id"]) == who


def _day(value: Any) -> str | None:
    return None if value is None else str(value)[:10]


def _findings(store: Store, run: Path, who: Subject, told: Sequence[Told], proofs: Proofs) -> tuple[Finding, ...]:
    """Findings in words, with the raw items behind each: those that speak for somebody as well."""
    return tuple(
        Finding(one.indicator, one.title, one.claim, one.says, one.benign, one.first_at, one.last_at, found)
        for one, found in zip(told, behind(store, run, who, told, proofs), strict=True)
    )


def _wages(store: Store, workspace: Path, run: Path, who: Subject, is_revealed: bool) -> tuple[Wages, ...]:
    folder = workspace / RECORDS / "payment"
    if not any(folder.rglob("*.parquet")):
        return ()
    place = quoted(str(folder / "**" / "*.parquet"))
    files = f"read_parquet({place}, hive_partitioning = false)"
    others = (row["known_as"] for row in published(store, run, "known_as", is_subject(*who)))
    ids = ", ".join(map(quoted, (who[1], *others)))
    rows = store.rows(
        f"""SELECT coalesce(account_token, '') AS account, coalesce(currency, '') AS currency,
               round(sum(amount), 2) AS amount,
               count(*) AS n, min(paid_on) AS first_on, max(paid_on) AS last_on
        FROM {files} WHERE company = {quoted(who[0])} AND worker_id IN ({ids}) AND amount IS NOT NULL
        GROUP BY ALL ORDER BY first_on, account, currency"""
    )
    mask = kinds()["bank_account"].masks
    return tuple(
        Wages(
            (r["account"] if is_revealed else mask(r["account"])) if r["account"] else "not recorded",
            r["currency"],
            float(r["amount"]),
            r["n"],
            str(r["first_on"]),
            str(r["last_on"]),
        )
        for r in rows
    )


def _shared(store: Store, run: Path, subjects: Sequence[Subject], revealed: Collection[Subject]) -> tuple[Shared, ...]:
    """Values that two and more of the case hold, in clear where all who hold them are revealed."""
    place = {who: n for n, who in enumerate(subjects)}
    held: dict[tuple[str, str], set[int]] = defaultdict(set)
    for tie in published(store, run, "tie", "explained_by IS NULL"):
        ends = [(tie["a_company"], tie["a"]), (tie["b_company"], tie["b"])]
        if all(end in place for end in ends):
            held[tie["kind"], tie["value"]] |= {place[end] for end in ends}
    masks = {name: kind.masks for name, kind in kinds().items()}
    made = []
    for (kind, value), holders in sorted(held.items()):
        is_open = all(subjects[n] in revealed for n in holders)
        shown = value if is_open else masks[kind](value) if kind in masks else pseudonym(kind, value)
        made.append(Shared(kind, shown, tuple(sorted(holders)), is_open))
    return tuple(made)
