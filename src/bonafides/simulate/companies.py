"""Invented companies: how large, how they work, and which exports they can give."""

from dataclasses import dataclass

from bonafides.simulate import names
from bonafides.simulate.chance import Dice
from bonafides.simulate.internet import Internet, Line
from bonafides.simulate.places import US, Place

# About a third of companies sign in with Entra; half of those stream the Azure Monitor shape. Assumption.
ENTRA = 0.34
ENTRA_MONITOR = 0.5
HAS_ENDPOINT = 0.65  # assumption: smaller companies have no EDR export
HAS_GITHUB = 0.75  # assumption
GITHUB_SHOWS_IP = 0.75  # FIELDS.md: only where IP disclosure is switched on
HAS_GIT = 0.6  # assumption
HAS_PAYEE = 0.85  # assumption: some payroll providers do not export accounts
HAS_SHIPMENT = 0.85  # assumption
HAS_INTERVIEW = 0.7  # assumption
HAS_MEETING = 0.6  # assumption
HAS_DISPLAY = 0.55  # assumption: inventory agent that reports monitors
HAS_CREDENTIAL = 0.85  # assumption: export of enrolled factors and recovery contacts
HAS_ACTIVITY = 0.4  # assumption: documents and mail
HAS_LATE_FILE = 0.12  # assumption
HAS_OVERLAP = 0.15  # assumption: the same days exported twice
HAS_OFFICE = 0.34  # brief: about a third of companies have hybrid or on-site people
OFFICE_SHARE = 0.7  # of the people of such a company
# Secure web gateways in datacenters through which a company's laptops go out. Assumption.
HAS_GATEWAY = 0.1
# Companies whose own IT support tool runs on every laptop. Assumption.
HAS_STANDARD_TOOL = 0.2
HAS_NOTARY = 0.12  # assumption: companies that send new remote people to a notary
BUILDS_SIGN = 0.2  # assumption: a build machine's key signs merges in the developers' names

_FORMATS = ("csv", "csv.gz", "jsonl", "jsonl.gz", "parquet")


@dataclass(slots=True)
class Company:
    """A company. Shape: `tables` names the record tables that it exports, `table_format` the file ending; `skew` are
    seconds by which the clock of its endpoints is wrong."""

    index: int
    slug: str
    name: str
    domain: str
    size: int
    identity: str
    entra_shape: str
    has_endpoint: bool
    has_github: bool
    github_ip: bool
    has_git: bool
    tables: frozenset[str]
    table_format: str
    late: bool
    overlap: bool
    office: Line | None
    office_place: Place
    office_share: float
    gateway: Line | None
    standard_tool: str | None
    uses_notary: bool
    build_key: str | None
    repositories: tuple[str, ...]
    assets: tuple[tuple[str, str, str], ...]
    pays: str
    device_trust: bool
    customer_id: str
    organisation_id: int
    skew: int = 0
    is_renamed: bool = False
    is_sparse: bool = False


_REPOSITORIES = (
    "web-app", "mobile-app", "billing", "platform", "infra", "data-pipeline", "ml-models", "auth-service", "docs",
    "design-system", "firmware", "telemetry", "search", "payments", "sdk", "release-tools", "gateway", "admin-console",
)  # fmt: skip


def _assets(dice: Dice) -> tuple[tuple[str, str, str], ...]:
    """Things worth guarding: (name, kind, control)."""
    found: list[tuple[str, str, str]] = []
    if dice.chance(0.25):
        found.append(("guidance-firmware", "repository", "ITAR"))
    if dice.chance(0.25):
        found.append(("radar-dsp", "repository", "EAR"))
    if dice.chance(0.3):
        found.append(("wallet-signer", "repository", "wallet-keys"))
    if dice.chance(0.4):
        found.append(("prod-secrets", "repository", "secret"))
    return tuple(found)


def found(dice: Dice, internet: Internet, index: int, size: int, slug: str) -> Company:
    """A new company."""
    place = dice.weighted(US, [p.weight for p in US])
    entra = dice.chance(ENTRA)
    tables = {"worker", "application", "payment", "device", "verification", "asset"}
    for table, share in (
        ("payee", HAS_PAYEE),
        ("shipment", HAS_SHIPMENT),
        ("interview", HAS_INTERVIEW),
        ("meeting", HAS_MEETING),
        ("peripheral", HAS_DISPLAY),
        ("credential", HAS_CREDENTIAL),
        ("activity", HAS_ACTIVITY),
    ):
        if dice.chance(share):
            tables.add(table)
    has_office = dice.chance(HAS_OFFICE)
    has_gateway = dice.chance(HAS_GATEWAY)
    name = slug.capitalize()
    return Company(
        index=index,
        slug=slug,
        name=name,
        domain=f"{slug}.example.com",
        size=size,
        identity="entra_sign_in" if entra else "okta_system_log",
        entra_shape="monitor" if dice.chance(ENTRA_MONITOR) else "graph",
        has_endpoint=dice.chance(HAS_ENDPOINT),
        has_github=dice.chance(HAS_GITHUB),
        github_ip=dice.chance(GITHUB_SHOWS_IP),
        has_git=dice.chance(HAS_GIT),
        tables=frozenset(tables),
        table_format=dice.weighted(_FORMATS, (6.0, 1.5, 1.5, 1.0, 1.5)),
        late=dice.chance(HAS_LATE_FILE),
        overlap=dice.chance(HAS_OVERLAP),
        office=internet.fixed("business", place, dice.below(2), 2) if has_office else None,
        office_place=place,
        office_share=OFFICE_SHARE if has_office else 0.0,
        gateway=internet.fixed("hosting", dice.pick(US[:20]), 2, 2) if has_gateway else None,
        standard_tool=dice.pick(("TeamViewer", "Splashtop", "LogMeIn")) if dice.chance(HAS_STANDARD_TOOL) else None,
        uses_notary=dice.chance(HAS_NOTARY),
        build_key=dice.hexes(40).upper() if dice.chance(BUILDS_SIGN) else None,
        repositories=tuple(dice.shuffled(_REPOSITORIES)[: dice.between(5, 12)]),
        assets=_assets(dice),
        pays=dice.pick(("monthly", "monthly", "semimonthly")),
        device_trust=dice.chance(0.7),
        customer_id=dice.hexes(32),
        organisation_id=10_000_000 + index * 7919,
    )


def slugs(dice: Dice, count: int) -> list[str]:
    """So many different names of companies."""
    chosen: list[str] = []
    seen: set[str] = set()
    while len(chosen) < count:
        slug = names.company_name(dice).lower()
        if slug in seen:
            slug = f"{slug}{len(seen)}"
        seen.add(slug)
        chosen.append(slug)
    return chosen
