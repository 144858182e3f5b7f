"""People, homes and jobs: what is true of them, before any log says anything."""

from dataclasses import dataclass, field

from bonafides.simulate import names
from bonafides.simulate.chance import Dice
from bonafides.simulate.internet import Internet, Line
from bonafides.simulate.places import US, Place

MAIL_HOSTS = ("mail.example.net", "inbox.example.org", "post.example.net", "letters.example.org")


@dataclass(frozen=True, slots=True)
class Postal:
    """A postal address as a form has it."""

    street: str
    city: str
    region: str
    postal_code: str
    country: str


@dataclass(slots=True)
class Home:
    """Where somebody lives: the address and the line behind the door."""

    place: Place
    postal: Postal
    line: Line


@dataclass(slots=True)
class Person:
    """A person. `token` is the keyed hash of the government id, the same at every employer."""

    key: str
    group: str
    given: str
    family: str
    born: int
    token: str
    personal_email: str
    phone: str | None
    home: Home
    mobile: Line


@dataclass(slots=True)
class Stay:
    """A way onto the internet that somebody works from, for a time.

    Shape: `machine` is laptop (the company's), phone, or own (a computer of the person's own). `share` is the
    weight among the laptop's stays of one day; for `extra` stays it is the probability per working day that a
    session of this kind comes on top, `shift` hours later than the working day; strangers
    (`by_others`) come on any day.
    """

    first: int
    last: int
    line: Line
    share: float
    machine: str = "laptop"
    extra: bool = False
    shift: float = 0.0
    by_others: bool = False


@dataclass(slots=True)
class Hours:
    """When somebody works. Units: hours of the local clock of `utc_minutes`."""

    utc_minutes: int
    start: float
    length: float
    jitter: float = 0.6
    weekend: float = 0.03
    attendance: float = 0.93
    holidays: float = 0.05
    shared_with: str | None = None


@dataclass(slots=True)
class Payee:
    """Where wages go from a day on."""

    since: int
    method: str
    routing: str
    account: str
    holder: str
    wallet: str | None = None


@dataclass(slots=True)
class Laptop:
    """A company's computer and how long this worker held it."""

    device_id: str
    serial: str
    hostname: str
    system: str
    model: str
    agent_id: str
    enrolled: int
    returned: int | None = None


@dataclass(slots=True)
class Parcel:
    """A shipment of a laptop."""

    serial: str
    carrier: str
    recipient: str
    address: Postal
    shipped: int
    delivered: int
    redirected: Postal | None = None


@dataclass(slots=True)
class Check:
    """A verification of the person."""

    second: int
    kind: str
    outcome: str


@dataclass(slots=True)
class Factor:
    """A change of a login factor."""

    second: int
    action: str
    factor: str
    phone: str | None
    email: str | None
    line: Line


@dataclass(slots=True)
class Attachment:
    """Something plugged into the laptop. Shape: `classes` are USB interface classes in hex, `bus` usb or display."""

    bus: str
    vendor_id: str
    product_id: str
    vendor: str
    product: str
    serial: str
    classes: tuple[str, ...] = ()
    first: int = 0
    daily: float = 0.05


@dataclass(slots=True)
class Tool:
    """A remote-access program on the laptop, from a day on, started with some probability per working day."""

    name: str
    since: int
    daily: float
    until: int = 10**7


@dataclass(slots=True)
class Act:
    """A burst of actions on a service. Units: `second` is the start, `spread` seconds its length."""

    second: int
    spread: int
    service: str
    action: str
    targets: tuple[str, ...]
    line: Line
    agent: str
    moved_bytes: int | None = None


@dataclass(slots=True)
class Application:
    """A job application. `line` is where it was handed in from."""

    application_id: str
    second: int
    line: Line
    agent: str
    role: str
    stage: str
    resume: str | None
    reference_phones: tuple[str, ...]
    reference_emails: tuple[str, ...]
    profiles: tuple[str, ...]
    email: str
    phone: str | None
    address: Postal | None


@dataclass(slots=True)
class Interview:
    """An interview held."""

    second: int
    line: Line
    channel: str
    minutes: float
    camera_share: float
    camera: str
    outcome: str


@dataclass(slots=True)
class Job:
    """One engagement of a person at one company (or an application that led to none), and the truth about it."""

    company: int
    worker_id: str
    person: Person
    email: str
    claimed: Postal
    given: str
    family: str
    phone: str | None
    personal_email: str
    role: str
    department: str
    engagement: str
    arrangement: str
    agency: str
    hired: int
    started: int
    ended: int | None
    monthly: float
    us_person: bool
    hours: Hours
    handle: str
    is_developer: bool
    agent: str
    own_agent: str = ""
    manager: str | None = None
    former_email: tuple[str, int] | None = None
    former_family: str | None = None
    stays: list[Stay] = field(default_factory=list)
    payees: list[Payee] = field(default_factory=list)
    laptops: list[Laptop] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    factors: list[Factor] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    tools: list[Tool] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    application: Application | None = None
    interviews: list[Interview] = field(default_factory=list)
    signing_key: str | None = None
    commit_minutes: int | None = None
    camera: str = "Integrated Camera"
    camera_share: float = 0.7
    meeting_line: Line | None = None
    always_on: bool = False
    hypothesis: str = "genuine"
    circumstance: str = "none"
    network: str = ""
    facilitator: str = ""
    assets: set[str] = field(default_factory=set)

    @property
    def is_worker(self) -> bool:
        """False for an application that led to no engagement."""
        return self.worker_id != ""

    def laptop_on(self, day: int) -> Laptop:
        """The computer that this worker held on a day: the last one enrolled by then."""
        held = [machine for machine in self.laptops if machine.enrolled <= day]
        return held[-1] if held else self.laptops[0]

    @property
    def subject_id(self) -> str:
        """The worker's id, or the application's for an applicant."""
        if self.is_worker or self.application is None:
            return self.worker_id
        return self.application.application_id


class PhoneBook:
    """Gives every caller another invented number (555-01xx of some area code).

    Unknown: None when all numbers are given away.
    """

    def __init__(self, dice: Dice) -> None:
        codes = sorted({code for place in US for code in place.codes})
        self._free = {code: dice.shuffled(range(100)) for code in codes}
        self._codes = dice.shuffled(codes)

    def number(self, dice: Dice, place: Place) -> str | None:
        """A new number, of the place's area code while there are any."""
        for code in (*dice.shuffled(place.codes), *self._codes):
            left = self._free[code]
            if left:
                return f"+1{code}55501{left.pop():02d}"
        return None


def postal(dice: Dice, place: Place) -> Postal:
    """A new postal address in a city."""
    return Postal(names.street(dice), place.city, place.region, dice.pick(place.postal_codes), place.country)


def home(dice: Dice, internet: Internet, place: Place | None = None) -> Home:
    """A new home with its line."""
    where = place or dice.weighted(US, [p.weight for p in US])
    return Home(where, postal(dice, where), internet.home(dice, where))


def person(dice: Dice, internet: Internet, phones: PhoneBook, key: str, at: Home) -> Person:
    """A new person living there.

    Why: the group of the name is drawn from its own stream, so nothing else in the world can depend on it.
    """
    group = names.GROUPS[dice.below(len(names.GROUPS))]
    given, family = names.given_name(dice, group), names.family_name(dice, group)
    return Person(
        key=key,
        group=group,
        given=given,
        family=family,
        born=735_600 - dice.between(23 * 365, 61 * 365) + 3_650,
        token=f"gid_{dice.hexes(24)}",
        personal_email=private_address(dice, given, family),
        phone=phones.number(dice, at.place),
        home=at,
        mobile=internet.mobile(dice, at.place),
    )


def private_address(dice: Dice, given: str, family: str) -> str:
    """A private mail address in one of the usual patterns."""
    pattern = dice.pick(("{g}.{f}{n}", "{g}{f}{n}", "{f}.{g}{n}", "{g}_{f}{n}"))
    local = pattern.format(g=given.lower(), f=family.lower(), n=dice.between(1, 9999))
    return f"{local}@{dice.pick(MAIL_HOSTS)}"
