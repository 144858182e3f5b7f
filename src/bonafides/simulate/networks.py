"""The networks behind stand-ins: facilitators with farms, operators, and what they share.

Written from the public cases (see the project's facts): a facilitator at home keeps employers' laptops running;
operators elsewhere work several personas each; wages go to accounts of shell companies or to accounts opened in the
personas' names. How much of that shows is a matter of style; every leak is a probability.
"""

from dataclasses import dataclass, field

from bonafides.simulate import equipment, names, people, resumes
from bonafides.simulate.chance import Dice
from bonafides.simulate.internet import Internet, Line
from bonafides.simulate.people import Home, Payee, PhoneBook
from bonafides.simulate.places import ABROAD, US
from bonafides.simulate.population import referee


@dataclass(frozen=True, slots=True)
class Style:
    """How careful a network is: probabilities that one persona leaks one thing. All are assumptions.

    Shape: `claims` weighs the claimed address (the stolen one · the farm's · an invented one near the farm);
    `kvm` weighs an IP-KVM's manner (open · display · disguised).
    """

    name: str
    direct_line: float
    stray_line: float
    own_machine: float
    abroad: float
    claims: tuple[float, float, float]
    shared_account: float
    wallet: float
    shared_phone: float
    tool: float
    second_tool: float
    has_kvm: float
    kvm: tuple[float, float, float]
    copied_resume: float
    shared_referee: float
    shared_key: float
    virtual_camera: float
    keeps_awake: float
    always_on: float
    odd_hours: tuple[float, float]
    weekend: float
    exfiltrates: float
    operator_offset: float
    late_redirect: float
    is_careful: bool = False


CARELESS = Style(
    name="careless",
    direct_line=0.95,
    stray_line=0.2,
    own_machine=0.4,
    abroad=0.1,
    claims=(0.45, 0.33, 0.22),
    shared_account=0.6,
    wallet=0.06,
    shared_phone=0.6,
    tool=0.9,
    second_tool=0.3,
    has_kvm=0.1,
    kvm=(0.85, 0.15, 0.0),
    copied_resume=0.6,
    shared_referee=0.6,
    shared_key=0.25,
    virtual_camera=0.2,
    keeps_awake=0.2,
    always_on=0.85,
    odd_hours=(1.0, 5.0),
    weekend=0.3,
    exfiltrates=0.07,
    operator_offset=0.25,
    late_redirect=0.65,
)
BROKERED = Style(
    name="brokered",
    direct_line=0.8,
    stray_line=0.1,
    own_machine=0.22,
    abroad=0.03,
    claims=(0.55, 0.15, 0.3),
    shared_account=0.48,
    wallet=0.03,
    shared_phone=0.35,
    tool=0.7,
    second_tool=0.15,
    has_kvm=0.3,
    kvm=(0.45, 0.3, 0.25),
    copied_resume=0.5,
    shared_referee=0.5,
    shared_key=0.1,
    virtual_camera=0.12,
    keeps_awake=0.1,
    always_on=0.65,
    odd_hours=(0.0, 2.5),
    weekend=0.15,
    exfiltrates=0.07,
    operator_offset=0.1,
    late_redirect=0.55,
)
CAREFUL = Style(
    name="careful",
    direct_line=0.35,
    stray_line=0.03,
    own_machine=0.05,
    abroad=0.0,
    claims=(0.35, 0.05, 0.6),
    shared_account=0.2,
    wallet=0.0,
    shared_phone=0.08,
    tool=0.15,
    second_tool=0.0,
    has_kvm=0.4,
    kvm=(0.05, 0.35, 0.6),
    copied_resume=0.15,
    shared_referee=0.12,
    shared_key=0.02,
    virtual_camera=0.05,
    keeps_awake=0.02,
    always_on=0.3,
    odd_hours=(0.0, 0.6),
    weekend=0.05,
    exfiltrates=0.05,
    operator_offset=0.02,
    late_redirect=0.3,
    is_careful=True,
)
# Claims the farm's own door, keeps an account and a telephone for every identity, and uses no program: what is left is
# that many live behind one door, now and then a camera that stays off, a check that is not passed, a slip.
MOST_CAREFUL = Style(
    name="most_careful",
    direct_line=0.95,
    stray_line=0.02,
    own_machine=0.03,
    abroad=0.0,
    claims=(0.03, 0.92, 0.05),
    shared_account=0.03,
    wallet=0.0,
    shared_phone=0.02,
    tool=0.0,
    second_tool=0.0,
    has_kvm=0.6,
    kvm=(0.01, 0.14, 0.85),
    copied_resume=0.05,
    shared_referee=0.04,
    shared_key=0.0,
    virtual_camera=0.03,
    keeps_awake=0.0,
    always_on=0.2,
    odd_hours=(0.0, 0.5),
    weekend=0.04,
    exfiltrates=0.03,
    operator_offset=0.01,
    late_redirect=0.05,
    is_careful=True,
)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a network is: laptops at each facilitator's home, identities in use."""

    style: Style
    laptops: tuple[int, ...]
    identities: int


# 120 laptops in nine homes, 80 identities. 05-facts: median about 5 laptops a farm, tails to 90; a group of at least
# six facilitators with over 80 identities at over 100 companies.
REFERENCE = (
    Size(BROKERED, (35, 14), 31),
    Size(CARELESS, (21, 9), 20),
    Size(CARELESS, (13,), 9),
    Size(CAREFUL, (12,), 9),
    Size(BROKERED, (8,), 6),
    Size(CAREFUL, (6, 2), 5),
)
# The same farms, whoever runs them: 62 laptops in eight homes.
_FARMS = ((18, 8), (12,), (9, 5), (6,), (4,))
CARELESS_ONES = tuple(Size(CARELESS, farm, max(2, sum(farm) * 2 // 3)) for farm in _FARMS)
BROKERED_ONES = tuple(Size(BROKERED, farm, max(2, sum(farm) * 2 // 3)) for farm in _FARMS)
CAREFUL_ONES = tuple(Size(CAREFUL, farm, sum(farm)) for farm in _FARMS)
MOST_CAREFUL_ONES = tuple(Size(MOST_CAREFUL, farm, sum(farm)) for farm in _FARMS)
ONE_COMPANY = (Size(BROKERED, (2,), 2), Size(CAREFUL, (1,), 1))


@dataclass(slots=True)
class Operator:
    """Who does the work: hours, a computer of his own, a VPN, a place elsewhere."""

    key: str
    start_shift: float
    vpn: Line
    abroad: Line
    agent: str
    signing_key: str
    personas: int = 0


@dataclass(slots=True)
class Facilitator:
    """Who keeps the laptops: a home, phones, accounts of a shell company."""

    key: str
    home: Home
    capacity: int
    phones: list[str]
    accounts: list[Payee]
    seats: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Network:
    """One network. Shape: the pools hold what personas may share."""

    key: str
    style: Style
    identities: int
    facilitators: list[Facilitator]
    operators: list[Operator]
    resumes: list[str]
    referees: list[tuple[str, str | None]]
    tool: str


def found(dice: Dice, internet: Internet, phones: PhoneBook, key: str, size: Size) -> Network:
    """A new network with its facilitators and operators."""
    shell = f"{names.company_name(dice)} Consulting LLC"
    facilitators = [
        _facilitator(dice, internet, phones, f"{key}F{number + 1}", laptops, shell)
        for number, laptops in enumerate(size.laptops)
    ]
    total = sum(size.laptops)
    # 05-facts: one to some twenty personas an operator; most have a few.
    operators = [
        _operator(dice, internet, f"{key}O{number + 1}", size.style) for number in range(max(1, round(total / 3.2)))
    ]
    careful = size.style.is_careful
    return Network(
        key=key,
        style=size.style,
        identities=size.identities,
        facilitators=facilitators,
        operators=operators,
        resumes=[resumes.personal(dice, "Senior Software Engineer") for _ in range(max(2, total // 8))],
        referees=[referee(phones, dice, dice.pick(US), 0.7) for _ in range(3 if careful else max(3, total // 6))],
        tool=dice.pick(("AnyDesk", "RustDesk", "Chrome Remote Desktop", "TeamViewer", "AnyDesk")),
    )


def _facilitator(dice: Dice, internet: Internet, phones: PhoneBook, key: str, laptops: int, shell: str) -> Facilitator:
    at = people.home(dice, internet)
    numbers = [phones.number(dice, at.place) for _ in range(max(1, laptops // 5))]
    accounts = []
    # Shared accounts serve two to six personas each.
    for _ in range(max(1, round(laptops / 5))):
        routing = str(dice.between(100_000_000, 129_999_999))
        holder = shell if dice.chance(0.7) else f"{names.company_name(dice)} Services LLC"
        accounts.append(Payee(0, "ach", routing, f"acct_{dice.hexes(24)}", holder))
    return Facilitator(key, at, laptops, [n for n in numbers if n], accounts)


def _operator(dice: Dice, internet: Internet, key: str, style: Style) -> Operator:
    # One provider is liked by networks more than by others (05-facts), yet innocent people use it too.
    provider = 2 if dice.chance(0.6) else dice.below(4)
    return Operator(
        key=key,
        start_shift=dice.real(*style.odd_hours),
        vpn=internet.vpn(dice, provider, dice.pick(US[:24])),
        abroad=internet.abroad(dice, dice.pick(ABROAD)),
        agent=equipment.agent(dice, "Windows 11"),
        signing_key=dice.hexes(40).upper(),
    )
