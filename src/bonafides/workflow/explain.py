"""Why one subject is thought of as they are: the whole of it, summing to the score that is shown."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bonafides.errors import BadSettings
from bonafides.indicators.base import CLAIMS, HYPOTHESES, Indicator, sentence
from bonafides.indicators.sigma import untold
from bonafides.kinds.base import pseudonym
from bonafides.store.duckdb import Store, quoted
from bonafides.workflow.detect import indicators
from bonafides.workflow.export import Veil, because, is_ref, veil
from bonafides.workflow.published import latest_run, published, source

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Contribution:
    """One summand. Units: `decibans` of each hypothesis against genuine. Shape: not counted means 0 everywhere."""

    step: str
    what: str
    value: str | None
    decibans: Mapping[str, float]
    cause: str | None
    is_counted: bool


@dataclass(frozen=True)
class Told:
    """One finding as a sentence, with the honest explanations for it and how to settle the question."""

    indicator: str
    title: str
    claim: str
    says: str
    benign: tuple[str, ...]
    resolve: str
    first_at: str | None
    last_at: str | None
    strength: float
    refs: tuple[str, ...]


@dataclass(frozen=True)
class Tie:
    """One value shared with one other subject. Unknown: `explained_by` None means that nothing innocent explains it."""

    company: str
    subject: str
    kind: str
    value: str
    weight: float
    explained_by: str | None
    holders: int
    overlap_days: int | None
    refs: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """What is thought of one subject and why.

    Shape: `subject` is a pseudonym (`worker 3f9a1c`), or the subject's id where not masked. `claims` maps each of the
    eight claims to corroborated, contradicted, mixed, quiet (asked, nothing found) or untested.
    Units: `decibans` of stand_in against genuine: the sum of the contributions' stand_in; probabilities 0..1.
    """

    run_id: str
    company: str
    subject: str
    subject_kind: str
    tier: str
    explanation: str
    runner_up: str
    probabilities: Mapping[str, float]
    decibans: float
    claims: Mapping[str, str]
    contributions: tuple[Contribution, ...]
    findings: tuple[Told, ...]
    ties: tuple[Tie, ...]
    network_id: str | None
    network_members: int
    at_stake: str | None
    wages: float | None
    test_next: str | None
    is_masked: bool

    def plain(self) -> dict[str, Any]:
        """The explanation as JSON-ready values."""
        return asdict(self)

    def total(self, hypothesis: str = "stand_in") -> float:
        """Sum of what is shown. Units: decibans, hundredths."""
        return round(sum(c.decibans[hypothesis] for c in self.contributions), 2)


def explain(workspace: Path, subject: str, company: str | None = None, masked: bool = True) -> Explanation:
    """Why the latest run thinks of a subject as it does.

    Shape: `subject` is `company/subject_id`, a subject_id with `company` given, or the tag that pages and exports show.
    Raises: BadSettings where there is no run, no such subject, or several.
    """
    run = latest_run(workspace)
    store = Store()
    try:
        row = found_in(store, run, subject, company)
        return _explained(store, run, row, veil(store, run) if masked else None, indicators_of(run))
    finally:
        store.close()


# `worker 3f9a1c`, as a report's address has it (`worker-3f9a1c`), with the counter that tells equals apart (`-2`).
_TAG = re.compile(r"(?:\w+[ -])?([0-9a-f]{6})(?:-\d+)?")


def tag_of(row: Row) -> str:
    """What stands for the subject of an assessment, on every page and in every export."""
    return pseudonym(row["subject_kind"] or "worker", f"{row['company']}\x1f{row['subject_id']}")


def found_in(store: Store, run: Path, subject: str, company: str | None) -> Row:
    """The assessment of whom a text names: `company/subject_id`, a subject_id, another id by which the company knows
    the subject, or the tag that pages show.

    Raises: BadSettings where it names nobody, or several.
    """
    wanted = subject.strip()
    there = store.rows(
        f"SELECT company, subject_id, subject_kind FROM {source(run, 'assessment')} ORDER BY company, subject_id"
    )
    if company is not None:
        there = [row for row in there if row["company"] == company]
    tag = _TAG.sub(r"\1", wanted.lower())
    hits = [row for row in there if wanted in (f"{row['company']}/{row['subject_id']}", row["subject_id"])]
    if not hits:
        named = f"known_as = {quoted(wanted)} OR company || '/' || known_as = {quoted(wanted)}"
        known = {(row["company"], row["subject_id"]) for row in published(store, run, "known_as", named)}
        hits = [row for row in there if (row["company"], row["subject_id"]) in known]
    hits = hits or [row for row in there if tag_of(row).endswith(f" {tag}")]
    # The name that was asked for may be a person's: it is not repeated.
    if not hits:
        raise BadSettings("no such subject in the latest run: give company/subject_id or the tag that the report shows")
    if len(hits) > 1:
        names = sorted({row["company"] for row in hits})
        if len(names) == 1:
            raise BadSettings("several subjects of one company have this tag: give company/subject_id")
        raise BadSettings(f"subjects of several companies are called so: give --company, one of {', '.join(names)}")
    (row,) = published(store, run, "assessment", is_subject(hits[0]["company"], hits[0]["subject_id"]))
    return row


def indicators_of(run: Path) -> dict[str, Indicator]:
    """All indicators by id, the Sigma rules of a run among them, which its manifest tells of."""
    manifest = json.loads((run / "manifest.json").read_text("utf-8"))
    return indicators() | {name: untold(values) for name, values in (manifest.get("sigma") or {}).items()}


def is_subject(company: str, subject_id: str, prefix: str = "subject_id", of: str = "company") -> str:
    """The condition that picks one subject's rows."""
    return f"{of} = {quoted(company)} AND {prefix} = {quoted(subject_id)}"


def explained(
    store: Store, run: Path, company: str, subject_id: str, shown: Veil | None, known: Mapping[str, Indicator]
) -> Explanation:
    """The same of a run's folder, where the subject is known to be in it. Unknown: `shown` None shows all in clear."""
    (row,) = published(store, run, "assessment", is_subject(company, subject_id))
    return _explained(store, run, row, shown, known)


def _explained(store: Store, run: Path, row: Row, shown: Veil | None, known: Mapping[str, Indicator]) -> Explanation:
    company, subject = row["company"], row["subject_id"]
    here = is_subject(company, subject)
    findings = published(store, run, "finding", here)
    members = store.value(
        f"SELECT count(*) FROM {source(run, 'network_member')} WHERE network_id = {quoted(row['network_id'] or '')}"
    )
    return Explanation(
        run_id=run.name,
        company=company,
        subject=_who(shown, company, subject),
        subject_kind=row["subject_kind"],
        tier=row["tier"],
        explanation=row["explanation"],
        runner_up=row["runner_up"],
        probabilities={h: row[h] for h in ("genuine", *HYPOTHESES)},
        decibans=row["decibans"],
        claims=_claims(row),
        contributions=_contributions(published(store, run, "contribution", here), shown, _open_words(findings, shown)),
        findings=tuple(_told(f, known.get(f["indicator"]), shown) for f in findings),
        ties=_ties(store, run, company, subject, shown),
        network_id=row["network_id"],
        network_members=int(members),
        at_stake=row["at_stake"],
        wages=row["wages"],
        test_next=row["test_next"],
        is_masked=shown is not None,
    )


def _who(shown: Veil | None, company: str, subject: str) -> str:
    return subject if shown is None else shown.who(company, subject)


def _claims(row: Row) -> dict[str, str]:
    """The claims board."""
    held = {name: set((row[name] or "").split(";")) for name in ("corroborated", "contradicted", "untested")}

    def standing(claim: str) -> str:
        if claim in held["corroborated"] & held["contradicted"]:
            return "mixed"
        return next((name for name, claims in held.items() if claim in claims), "quiet")

    return {claim: standing(claim) for claim in CLAIMS}


_STEPS = ("prior", "finding", "tie", "cap")


def _open_words(findings: Sequence[Row], shown: Veil | None) -> set[str]:
    """Texts that the masked sentences show as they are, such as a tool's name: masking them elsewhere hides nothing."""
    if shown is None:
        return set()
    told = [json.loads(finding["because"]) for finding in findings]
    return {str(after) for one in told for name, after in shown.mask.because(one).items() if after == one[name]}


def _contributions(found: Sequence[Row], shown: Veil | None, open_words: Collection[str]) -> tuple[Contribution, ...]:
    """In the order in which the score is built; within a step the largest first, those that do not count last."""
    ordered = sorted(
        found,
        key=lambda c: (_STEPS.index(c["step"]), not c["is_counted"], -abs(c["stand_in"]), c["what"], c["value"] or ""),
    )
    made = []
    for c in ordered:
        value = c["value"]
        if shown is not None and value is not None and value not in open_words:
            value = shown.mask.value(value, c["what"] if c["step"] == "tie" else None)
        made.append(
            Contribution(c["step"], c["what"], value, {h: c[h] for h in HYPOTHESES}, c["cause"], bool(c["is_counted"]))
        )
    return tuple(made)


def _told(finding: Row, indicator: Indicator | None, shown: Veil | None) -> Told:
    """A finding in words. A unit that has left the catalogue since has no words any more, and says so."""
    filled = json.loads(finding["because"])
    if shown is not None:
        filled = because(filled, shown)
    refs = [
        ref
        for name, said in filled.items()
        if is_ref(name) and said
        for ref in (said if isinstance(said, list) else [said])
    ]
    return Told(
        indicator=finding["indicator"],
        title=indicator.title if indicator else "an indicator that this version does not have",
        claim=finding["claim"],
        says=sentence(indicator, filled)
        if indicator
        else "Evaluate with the version that made the run to read this finding.",
        benign=indicator.benign if indicator else (),
        resolve=indicator.resolve if indicator else "",
        first_at=_day(finding["first_at"]),
        last_at=_day(finding["last_at"]),
        strength=finding["strength"],
        refs=tuple(dict.fromkeys(refs)),
    )


def _day(moment: Any) -> str | None:
    return None if moment is None else str(moment)[:10]


def _ties(store: Store, run: Path, company: str, subject: str, shown: Veil | None) -> tuple[Tie, ...]:
    """Shared values, those that nothing explains first; the explained ones stay, they show why nobody was blamed."""
    sides = [is_subject(company, subject, side, f"{side}_company") for side in ("a", "b")]
    mine = published(store, run, "tie", f"({sides[0]}) OR ({sides[1]})")
    made = []
    for tie in sorted(
        mine, key=lambda t: (t["explained_by"] is not None, -t["weight"], t["kind"], t["value"], t["a"], t["b"])
    ):
        side = "b" if (tie["a_company"], tie["a"]) == (company, subject) else "a"
        other = (tie[f"{side}_company"], tie[side])
        made.append(
            Tie(
                company=other[0],
                subject=_who(shown, *other),
                kind=tie["kind"],
                value=tie["value"] if shown is None else shown.mask.value(tie["value"], tie["kind"]),
                weight=tie["weight"],
                explained_by=tie["explained_by"],
                holders=tie["holders"],
                overlap_days=tie["overlap_days"],
                refs=tuple(
                    ref if shown is None else shown.mask.reference(ref) for ref in (tie["a_ref"], tie["b_ref"]) if ref
                ),
            )
        )
    return tuple(made)
