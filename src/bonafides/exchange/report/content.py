"""What a report shows: plain values, masked already. Whoever builds these decides what may be seen."""

from dataclasses import dataclass, field
from datetime import date

Amounts = tuple[float, float, float, float]


@dataclass(frozen=True)
class Who:
    """One person as the report names them. Shape: `anchor` is unique in the page; `name` is a pseudonym."""

    anchor: str
    name: str
    company: str


@dataclass(frozen=True)
class Claim:
    """What became of one claim. Shape: `standing` is corroborated, contradicted, mixed, quiet or untested."""

    name: str
    standing: str


@dataclass(frozen=True)
class Contribution:
    """One summand of the score. Units: decibans for elsewhere, overextended, hijacked and stand_in."""

    step: str
    what: str
    tag: str | None
    amounts: Amounts
    is_counted: bool
    cause: str | None


@dataclass(frozen=True)
class Finding:
    """One claim contradicted or borne out. Shape: `sentence` is masked; `refs` lead to raw records."""

    indicator: str
    title: str
    claim: str
    sentence: str
    tag: str | None
    first_on: date | None
    last_on: date | None
    strength: float
    is_in_favour: bool
    benign: tuple[str, ...]
    why: str
    resolve: str
    refs: tuple[str, ...]


@dataclass(frozen=True)
class Event:
    """Something dated. Shape: `lane` is one of engagement, equipment, pay, access, check, finding, favour."""

    on: date
    lane: str
    says: str


@dataclass(frozen=True)
class Ties:
    """One value shared with others, and why that counts; or all values of a kind whose sharing has one explanation.

    Shape: `tag` is None where the entry stands for several `values`; `others` are those listed, `more` counts the rest.
    Units: `weight` decibans; `share` 0..1.
    """

    kind: str
    tag: str | None
    values: int
    explained_by: str | None
    weight: float
    share: float | None
    overlap_days: int | None
    nearest_km: float | None
    furthest_km: float | None
    others: tuple[Who, ...]
    more: int


@dataclass(frozen=True)
class Dossier:
    """What the run has on one person.

    Shape: `probabilities` are pairs (explanation, 0..1); `is_full` false leaves out what only takes room.
    Units: `decibans` is the score of stand_in against genuine.
    """

    who: Who
    kind: str
    tier: str
    explanation: str
    runner_up: str
    probabilities: tuple[tuple[str, float], ...]
    decibans: float
    network: str | None
    controls: tuple[str, ...]
    wages: float
    test_next: str | None
    engagement: str
    claims: tuple[Claim, ...]
    contributions: tuple[Contribution, ...]
    findings: tuple[Finding, ...]
    events: tuple[Event, ...]
    ties: tuple[Ties, ...]
    more_ties: int
    is_full: bool

    def probability(self, hypothesis: str) -> float:
        """Probability of one explanation (0..1)."""
        return dict(self.probabilities).get(hypothesis, 0.0)


@dataclass(frozen=True)
class Hub:
    """One value that members share.

    Shape: `number` counts hubs of its kind in the network; `members` are places in it.
    """

    number: int
    kind: str
    tag: str
    members: tuple[int, ...]
    parties: int
    share: float
    weight: float
    received: float | None


@dataclass(frozen=True)
class Member:
    """One member of a network. Unknown: `left_on` None while the engagement lasts, `joined_on` None for applicants."""

    who: Who
    kind: str
    tier: str
    probability: float
    wages: float
    joined_on: date | None
    left_on: date | None
    is_listed: bool


@dataclass(frozen=True)
class Network:
    """Members held together by values that nothing innocent explains. Order: members as the worklist has them."""

    network_id: str
    probability: float
    members: tuple[Member, ...]
    hubs: tuple[Hub, ...]
    wages: float
    assets: tuple[tuple[str, str, str], ...]
    first_on: date | None
    last_on: date | None
    came_from: tuple[str, ...]
    chance: float | None = None

    @property
    def companies(self) -> list[tuple[str, int, float]]:
        """Companies with how many members and what wages, most members first."""
        held: dict[str, tuple[int, float]] = {}
        for member in self.members:
            count, wages = held.get(member.who.company, (0, 0.0))
            held[member.who.company] = (count + 1, wages + member.wages)
        return sorted(((name, n, w) for name, (n, w) in held.items()), key=lambda c: (-c[1], -c[2], c[0]))


@dataclass(frozen=True)
class Asked:
    """One indicator, and how it went. Shape: `skipped` maps a reason to the companies where it could not be asked."""

    indicator: str
    title: str
    claim: str
    weights: Amounts
    group: str
    ran: int
    findings: int
    skipped: tuple[tuple[str, tuple[str, ...]], ...]
    failed: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Standing:
    """How many people one claim came out how for."""

    claim: str
    corroborated: int
    contradicted: int
    quiet: int
    untested: int


@dataclass(frozen=True)
class Intake:
    """What was read. Unknown: None where nobody counted. Shape: rows are (company, source, reason or field, count)."""

    files: int | None = None
    items: int | None = None
    kept: int | None = None
    duplicates: int | None = None
    set_aside: tuple[tuple[str, str, str, int], ...] = ()
    unread: tuple[tuple[str, str, str, int], ...] = ()
    unattributed: tuple[tuple[str, str, str, int], ...] = ()


@dataclass(frozen=True)
class Kept:
    """What public guidance asks of an employer. Shape: companies where it holds, fails and cannot be told; of those
    whom it concerns (`concerned`, in the first two), `held` is for how many it was kept. `asks` is one sentence.
    """

    control: str
    title: str
    asks: str
    claim: str
    holds: tuple[str, ...]
    fails: tuple[str, ...]
    untold: tuple[str, ...]
    held: int
    concerned: int


@dataclass(frozen=True)
class Missing:
    """Data that would test more. Shape: `needs` names columns, `companies` counts those that lack them."""

    needs: str
    effort: str
    how: str
    indicators: int
    companies: int


@dataclass(frozen=True)
class Readiness:
    """How far claims could be tested. Shape: `blind` counts workers without any tested identity, location, custody or
    payee claim; what is missing comes the cheapest first.
    """

    blind: int
    controls: tuple[Kept, ...] = ()
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True)
class Report:
    """Everything on the page. Units: `currency` is the one of all wages, or empty where there are several or none."""

    run_id: str
    version: str
    as_of: date | None
    records: str
    currency: str
    workers: int
    applicants: int
    companies: int
    tiers: tuple[tuple[str, int], ...]
    dossiers: tuple[Dossier, ...]
    more_watch: int
    more_listed: int
    networks: tuple[Network, ...]
    intake: Intake
    asked: tuple[Asked, ...]
    standings: tuple[Standing, ...]
    readiness: Readiness
    settings: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = field(default=())
