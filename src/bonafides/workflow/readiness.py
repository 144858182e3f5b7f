"""How well could a company's claims be tested at all, what would test the rest, and which controls hold."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bonafides.errors import BadSettings
from bonafides.exchange.report import content
from bonafides.indicators.base import CLAIMS
from bonafides.store.duckdb import Store
from bonafides.workflow.detect import controls
from bonafides.workflow.published import latest_run, source

# The claims without which nobody knows whom the company pays: of a worker for whom none was tested nothing is known.
BASIC = ("identity", "location", "custody", "payee")
# What readiness is told from.
TABLES = ("assessment", "evaluation", "control")
_NO_DATA = "no data: "
# What it takes to bring a record table: who has it, and whether one export does (low), each source needs its own
# (medium), or nobody records it yet (high). Author's judgement.
EFFORT: Mapping[str, tuple[str, str]] = {
    "worker": ("low", "HR: one export of engagements with claimed homes, dates and numbers"),
    "application": ("low", "applicant tracking: one export, résumé texts and referees included"),
    "interview": ("medium", "applicant tracking and the meeting service: who joined from where, camera seconds"),
    "verification": ("high", "nobody records it by itself: note live checks, notaries, calls back and badge readings"),
    "payee": ("low", "payroll: one export of accounts with holders' names and the day from which each is used"),
    "payment": ("low", "payroll: one export of payments, or the bank's ACH file"),
    "shipment": ("low", "the carrier's or supplier's export of parcels, redirections included"),
    "device": ("low", "device management: one export with serials, holders and returns"),
    "sign_in": ("low", "the identity provider's sign-in log, with addresses, places and devices"),
    "credential": ("low", "the identity provider's log of factors enrolled and reset"),
    "process": ("medium", "endpoint agents: program starts, with the public address"),
    "connection": ("medium", "endpoint agents, resolver or secure web gateway: names that computers look up"),
    "peripheral": ("medium", "endpoint agents or device management: what was plugged in, with serials and classes"),
    "meeting": ("low", "the meeting service's log: address, client and camera of each participation"),
    "activity": ("medium", "audit logs of the code host, storage and cloud"),
    "commit": ("low", "`git log` of the repositories, with offsets and signing keys"),
    "asset": ("medium", "a list of guarded repositories, stores and wallets: name, kind, control"),
}
_ORDER = ("low", "medium", "high")


@dataclass(frozen=True)
class Data:
    """What is missing, what it would allow to ask, and what it takes to bring it."""

    needs: str
    indicators: tuple[str, ...]
    effort: str
    how: str


@dataclass(frozen=True)
class Claim:
    """One claim at one company. Shape: of `indicators` about it `asked` could be; `untested` counts workers."""

    claim: str
    asked: int
    indicators: int
    untested: int
    would_test: tuple[Data, ...]


@dataclass(frozen=True)
class Kept:
    """One control at one company. Unknown: `concerned` and `held` are None where it cannot be told; `why` says why."""

    control: str
    title: str
    asks: str
    outcome: str
    concerned: int | None
    held: int | None
    why: str | None


@dataclass(frozen=True)
class Company:
    """One company. Shape: `blind` counts workers of whom none of BASIC was tested, of `workers`."""

    company: str
    workers: int
    blind: int
    claims: tuple[Claim, ...]
    controls: tuple[Kept, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON-ready values."""
        return asdict(self)


def readiness(workspace: Path, company: str | None = None) -> tuple[Company, ...]:
    """What the latest run could test at each company, or at one.

    Raises: BadSettings where there is no run, or no such company in it.
    """
    run = latest_run(workspace)
    store = Store()
    try:
        found = gather(*(store.rows(f"SELECT * FROM {source(run, name)}") for name in TABLES))
    finally:
        store.close()
    if company is None:
        return found
    if not (one := tuple(c for c in found if c.company == company)):
        raise BadSettings(f"no company {company} in the latest run: it has {', '.join(c.company for c in found)}")
    return one


def overview(companies: Sequence[Company]) -> content.Readiness:
    """All companies on one page."""
    kept: dict[str, list[tuple[str, Kept]]] = defaultdict(list)
    lacking: dict[str, tuple[Data, set[str], set[str]]] = {}
    for company in companies:
        for one in company.controls:
            kept[one.control].append((company.company, one))
        for data in (d for claim in company.claims for d in claim.would_test):
            _, names, where = lacking.setdefault(data.needs, (data, set(), set()))
            names |= set(data.indicators)
            where.add(company.company)
    known = controls()
    return content.Readiness(
        blind=sum(company.blind for company in companies),
        controls=tuple(_everywhere(known[name].claim, rows) for name, rows in kept.items() if name in known),
        missing=tuple(
            content.Missing(needs, data.effort, data.how, len(names), len(where))
            for needs, (data, names, where) in sorted(
                lacking.items(), key=lambda m: (_ORDER.index(m[1][0].effort), -len(m[1][1]) * len(m[1][2]), m[0])
            )
        ),
    )


def _everywhere(claim: str, rows: Sequence[tuple[str, Kept]]) -> content.Kept:
    ended = {how: tuple(of for of, one in rows if one.outcome == how) for how in ("holds", "fails", "cannot be told")}
    one = rows[0][1]
    return content.Kept(
        control=one.control,
        title=one.title,
        asks=one.asks,
        claim=claim,
        holds=ended["holds"],
        fails=ended["fails"],
        untold=ended["cannot be told"],
        held=sum(one.held or 0 for _, one in rows),
        concerned=sum(one.concerned or 0 for _, one in rows),
    )


def gather(
    assessment: Iterable[Mapping[str, Any]],
    evaluation: Iterable[Mapping[str, Any]],
    control: Iterable[Mapping[str, Any]],
) -> tuple[Company, ...]:
    """The same from rows of the three tables, by company."""
    workers, blind = Counter[str](), Counter[str]()
    untested = Counter[tuple[str, str]]()
    for row in assessment:
        if row["subject_kind"] != "worker":
            continue
        claims = set(filter(None, (row["untested"] or "").split(";")))
        workers[row["company"]] += 1
        blind[row["company"]] += claims.issuperset(BASIC)
        untested.update((row["company"], claim) for claim in claims)
    asked: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in evaluation:
        asked[row["company"], row["claim"]].append(row)
    known, kept = controls(), defaultdict[str, list[Kept]](list)
    for row in sorted(control, key=lambda r: (CLAIMS.index(r["claim"]), r["control"])):
        unit = known.get(row["control"])
        title, asks = (unit.title, unit.asks) if unit else (row["control"], "")
        kept[row["company"]].append(
            Kept(row["control"], title, asks, row["outcome"], row["concerned"], row["held"], row["why"])
        )
    companies = sorted({of for of, _ in asked} | set(workers))
    return tuple(
        Company(
            company=name,
            workers=workers[name],
            blind=blind[name],
            claims=tuple(_claim(claim, asked[name, claim], untested[name, claim]) for claim in CLAIMS),
            controls=tuple(kept[name]),
        )
        for name in companies
    )


def _claim(claim: str, rows: Sequence[Mapping[str, Any]], untested: int) -> Claim:
    lacking: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["outcome"] == "skipped" and (row["why"] or "").startswith(_NO_DATA):
            lacking[row["why"].removeprefix(_NO_DATA)].append(row["indicator"])
    return Claim(
        claim=claim,
        asked=sum(row["outcome"] == "ran" for row in rows),
        indicators=len(rows),
        untested=untested,
        would_test=ranked(lacking),
    )


def ranked(lacking: Mapping[str, Iterable[str]]) -> tuple[Data, ...]:
    """What is missing, the cheapest first and of equals what allows most. Shape: need -> indicators that lack it."""
    made = []
    for needs, names in lacking.items():
        # Of several that would do, the cheapest.
        options = [one.split(".")[0] for one in needs.split(" or ")]
        ways = [EFFORT.get(table, ("medium", "what a run derives from the other records")) for table in options]
        effort, how = min(ways, key=lambda way: _ORDER.index(way[0]))
        made.append(Data(needs, tuple(sorted(names)), effort, how))
    return tuple(sorted(made, key=lambda d: (_ORDER.index(d.effort), -len(d.indicators), d.needs)))
