"""Everybody in the world before it is written down, and how an ordinary job begins."""

from dataclasses import dataclass, field

from bonafides.simulate import equipment, names, people, resumes
from bonafides.simulate.calendar import DAY_SECONDS, FIRST, LAST, midnight
from bonafides.simulate.chance import Dice
from bonafides.simulate.companies import Company
from bonafides.simulate.internet import Internet
from bonafides.simulate.people import (
    Application,
    Check,
    Factor,
    Home,
    Hours,
    Interview,
    Job,
    Parcel,
    Payee,
    Person,
    PhoneBook,
    Postal,
    Stay,
)
from bonafides.simulate.places import Place

HAS_ENDED = 0.06  # assumption: part of HR's list has left, most of them before the logs begin
KEEPS_APPLICATION = 0.75  # assumption: older applications are gone
KEEPS_RESUME = 0.85  # assumption
PICK_UP_POINT = 0.03  # assumption: parcels sent on to a carrier's shop near by
WITH_FAMILY = 0.02  # assumption: parcels sent to relatives or friends in the same city
ALWAYS_ON = 0.06  # assumption: laptops that stay on at a desk day and night
# Assumptions about contractors' accounts: a payment service, virtual currency, a firm of their own.
SERVICE, WALLET, OWN_FIRM = 0.12, 0.015, 0.1
SPELT_OTHERWISE = 0.05  # assumption: initials, a maiden name or a second name on the account
CONTRACTOR = 0.15  # assumption
VIRTUAL_CAMERA = 0.012  # assumption: teachers, streamers, people who blur their room
KEEPS_AWAKE = 0.015  # assumption: presenters and people with long builds
OWN_CAMERA_OFF = 0.15  # assumption: people who rarely switch the camera on
CHANGED_FACTOR = 0.06  # assumption: new phone within the quarter
WORK_PHONE_SESSION = 0.1  # assumption: mail on the phone besides
# Checks that a company did: together with badges about 40 % of honest workers have one in person (brief).
IN_PERSON, NOTARY, DOCUMENT, LIVE_VIDEO, CALL_BACK = 0.14, 0.6, 0.55, 0.22, 0.07
BADGED = 0.96

ROLES = (
    ("Software Engineer", "Engineering", 0.3, 11_000, True),
    ("Senior Software Engineer", "Engineering", 0.14, 14_000, True),
    ("Data Engineer", "Data", 0.06, 12_000, True),
    ("Site Reliability Engineer", "Engineering", 0.05, 12_500, True),
    ("Quality Engineer", "Engineering", 0.05, 8_500, True),
    ("Product Designer", "Design", 0.06, 9_500, False),
    ("Support Specialist", "Support", 0.12, 5_200, False),
    ("Account Executive", "Sales", 0.09, 7_000, False),
    ("Accountant", "Finance", 0.05, 6_500, False),
    ("Recruiter", "People", 0.04, 6_300, False),
    ("Office Coordinator", "Operations", 0.04, 4_800, False),
)
_CARRIERS = ("Example Parcel", "Sample Freight", "Placeholder Post")
_CAMERAS = ("Integrated Camera", "FaceTime HD Camera", "BRIO Ultra HD Webcam", "USB2.0 Camera", "HD Pro Webcam")


@dataclass(slots=True)
class Population:
    """The world while it is made. Shape: `jobs` holds engagements and applications that led to none."""

    seed: int
    internet: Internet
    phones: PhoneBook
    companies: list[Company]
    jobs: list[Job] = field(default_factory=list)
    mailboxes: set[str] = field(default_factory=set)
    workers: dict[int, int] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)  # network -> how careful it is

    def dice(self, *key: str | int) -> Dice:
        """A stream of chance with this name."""
        return Dice(self.seed, *key)

    def mailbox(self, given: str, family: str, company: Company) -> str:
        """A new work address."""
        local = f"{given}.{family}".lower()
        address, number = f"{local}@{company.domain}", 2
        while address in self.mailboxes:
            address, number = f"{local}{number}@{company.domain}", number + 1
        self.mailboxes.add(address)
        return address

    def worker_id(self, company: Company) -> str:
        """A new worker's number in the company's own style."""
        number = self.workers.get(company.index, 0) + 1
        self.workers[company.index] = number
        style = company.index % 3
        return (f"E{10_000 + number}", f"{company.slug[:3]}-{number:05d}", str(200_000 + number * 3))[style]


def role(dice: Dice) -> tuple[str, str, float, bool]:
    """A job title, its department, a monthly wage, and whether it writes code."""
    title, department, _, wage, codes = dice.weighted(ROLES, [r[2] for r in ROLES])
    return title, department, round(dice.lognormal(wage, 0.18), -1), codes


def hire(pop: Population, dice: Dice, company: Company, who: Person, arrangement: str) -> Job:
    """An ordinary, honest engagement."""
    title, department, wage, codes = role(dice)
    started = LAST - dice.between(12, 400) if dice.chance(0.35) else LAST - int(dice.lognormal(900, 0.6))
    ended = None
    if dice.chance(HAS_ENDED) and LAST - started > 200:
        ended = LAST - dice.between(2, 330)
        ended = max(ended, started + 60)
    machine = equipment.laptop(dice, company.slug, company.device_trust, max(started - 2, LAST - 1100))
    job = Job(
        company=company.index,
        worker_id=pop.worker_id(company),
        person=who,
        email=pop.mailbox(who.given, who.family, company),
        claimed=who.home.postal,
        given=who.given,
        family=who.family,
        phone=who.phone,
        personal_email=who.personal_email,
        role=title,
        department=department,
        engagement="contractor" if dice.chance(CONTRACTOR) else "employee",
        arrangement=arrangement,
        agency="",
        hired=started - dice.between(5, 35),
        started=started,
        ended=ended,
        monthly=wage,
        us_person=dice.chance(0.3),
        hours=ordinary_hours(dice, who.home.place),
        handle=f"{who.given.lower()}{dice.pick(('', '-', 'x'))}{who.family.lower()}{dice.between(1, 999)}",
        is_developer=codes,
        agent=equipment.agent(dice, machine.system),
    )
    job.laptops.append(machine)
    job.stays = ordinary_stays(dice, company, who.home, arrangement)
    job.stays.append(Stay(FIRST, LAST, who.mobile, WORK_PHONE_SESSION, "phone", True))
    job.payees.append(own_account(dice, job, started - dice.between(0, 6)))
    job.attachments = equipment.desk(dice)
    job.camera = dice.pick(_CAMERAS)
    if dice.chance(VIRTUAL_CAMERA):
        job.camera = "OBS Virtual Camera"
    if dice.chance(KEEPS_AWAKE):
        job.tools.append(people.Tool("Caffeine", FIRST - 200, dice.real(0.05, 0.4)))
    job.camera_share = dice.real(0.0, 0.2) if dice.chance(OWN_CAMERA_OFF) else dice.real(0.4, 1.0)
    job.always_on = dice.chance(ALWAYS_ON)
    if codes and dice.chance(0.35):
        job.signing_key = dice.hexes(40).upper()
    if arrangement == "remote":
        send_laptop(dice, job, company, job.claimed)
    if company.standard_tool is not None:
        job.tools.append(people.Tool(company.standard_tool, FIRST - 400, 0.05))
    verify(dice, job, company)
    enrol(dice, job)
    if dice.chance(KEEPS_APPLICATION):
        apply(pop, dice, job, company)
    return job


def ordinary_hours(dice: Dice, place: Place) -> Hours:
    """Working hours of most people, by the clock of where they live."""
    return Hours(place.utc_minutes, dice.normal(8.7, 0.7), dice.normal(8.6, 0.5))


def ordinary_stays(dice: Dice, company: Company, home: Home, arrangement: str) -> list[Stay]:
    """Where a laptop is used: at home, at the office, through the company's gateway."""
    at_office = {"remote": 0.0, "hybrid": 0.5, "onsite": 0.93}[arrangement] if company.office else 0.0
    stays = [Stay(FIRST, LAST, home.line, 1.0 - at_office)]
    if company.office and at_office:
        stays.append(Stay(FIRST, LAST, company.office, at_office))
    if company.gateway:
        stays = [Stay(s.first, s.last, s.line, s.share * 0.08) for s in stays]
        stays.append(Stay(FIRST, LAST, company.gateway, 0.92))
    return stays


def own_account(dice: Dice, job: Job, since: int) -> Payee:
    """An account of the worker's own."""
    routing = str(dice.between(100_000_000, 129_999_999))
    holder = f"{job.given} {job.family}"
    if dice.chance(SPELT_OTHERWISE):
        holder = dice.pick((f"{job.given[0]} {job.family}", names.family_name(dice, job.person.group)))
    method, wallet = "ach", None
    if job.engagement == "contractor":
        if dice.chance(OWN_FIRM):
            holder = f"{job.family} Consulting LLC"
        if dice.chance(SERVICE):
            method = "service"
        elif dice.chance(WALLET):
            method, wallet = "wallet", f"0x{dice.hexes(40)}"
    return Payee(since, method, routing, f"acct_{dice.hexes(24)}", holder, wallet)


def send_laptop(dice: Dice, job: Job, company: Company, to: Postal) -> None:
    """The parcel with the laptop, sent to an address before the first day."""
    shipped = job.started - dice.between(4, 9)
    parcel = Parcel(
        serial=job.laptops[0].serial,
        carrier=dice.pick(_CARRIERS),
        recipient=f"{job.given} {job.family}",
        address=to,
        shipped=shipped,
        delivered=shipped + dice.between(1, 4),
    )
    if dice.chance(PICK_UP_POINT):
        place = job.person.home.place
        parcel.redirected = Postal("Parcel Shop 1 Market Square", place.city, place.region, place.postal_codes[0], "US")
    elif dice.chance(WITH_FAMILY):
        parcel.address = people.postal(dice, job.person.home.place)
    job.parcels.append(parcel)


def verify(dice: Dice, job: Job, company: Company) -> None:
    """The checks that the company made of this honest worker."""
    start = midnight(job.started)

    def add(kind: str, after: int, outcome: str = "pass") -> None:
        job.checks.append(Check(start + after * DAY_SECONDS + dice.between(14 * 3600, 22 * 3600), kind, outcome))

    if dice.chance(DOCUMENT):
        add("document", dice.between(-20, 3))
    if dice.chance(LIVE_VIDEO):
        add("live_video", dice.between(-20, 10), "pass" if dice.chance(0.97) else "fail")
    if dice.chance(CALL_BACK):
        add("call_back", dice.between(1, 60))
    if job.arrangement == "remote":
        if dice.chance(IN_PERSON):
            add("in_person", dice.between(1, 40))
        if company.uses_notary and dice.chance(NOTARY):
            add("notary", dice.between(-10, 5))
    elif dice.chance(BADGED):
        last = job.ended or LAST
        for _ in range(dice.between(2, 6)):
            day = dice.between(max(job.started, last - 120), last)
            job.checks.append(Check(midnight(day) + dice.between(12 * 3600, 16 * 3600), "badge", "pass"))
        if dice.chance(0.5):
            add("in_person", 0)
    job.checks = [c for c in job.checks if c.second < midnight(LAST + 1)]


def enrol(dice: Dice, job: Job) -> None:
    """Login factors: enrolled on the first day, some renewed since."""
    first = midnight(job.started) + dice.between(14 * 3600, 21 * 3600)
    line = job.person.home.line
    job.factors.append(Factor(first, "added", "push", job.phone, None, line))
    if dice.chance(0.5):
        job.factors.append(Factor(first + 240, "added", "sms", job.phone, None, line))
    if dice.chance(0.4):
        job.factors.append(Factor(first + 400, "added", "recovery_email", None, job.personal_email, line))
    if dice.chance(CHANGED_FACTOR) and job.started < FIRST:
        day = dice.between(FIRST, LAST)
        second = midnight(day) + dice.between(13 * 3600, 23 * 3600)
        job.factors.append(Factor(second, "reset", "push", job.phone, None, line))


def referee(phones: PhoneBook, dice: Dice, place: Place, phone_share: float = 0.3) -> tuple[str, str | None]:
    """Somebody who speaks for an applicant: (mail address, phone)."""
    group = dice.pick(names.GROUPS)
    mail = people.private_address(dice, names.given_name(dice, group), names.family_name(dice, group))
    return mail, phones.number(dice, place) if dice.chance(phone_share) else None


def as_applicant(job: Job, decided: int) -> None:
    """Takes back everything that begins with a hire; the decision falls on that day."""
    job.worker_id = ""
    job.hired = decided
    for belongings in (job.interviews, job.laptops, job.parcels, job.checks, job.factors, job.payees, job.stays):
        belongings.clear()


def apply(pop: Population, dice: Dice, job: Job, company: Company, stage: str = "hired") -> None:
    """The application that led to the job, with its interviews."""
    second = midnight(job.hired) - dice.between(8, 60) * DAY_SECONDS + dice.between(0, DAY_SECONDS - 1)
    vouch = [referee(pop.phones, dice, job.person.home.place) for _ in range(2)]
    job.application = Application(
        application_id=f"A{company.index:03d}{dice.hexes(8)}",
        second=second,
        line=job.person.home.line,
        agent=equipment.agent(dice, dice.pick(("macOS", "Windows"))),
        role=job.role,
        stage=stage,
        resume=resumes.personal(dice, job.role) if dice.chance(KEEPS_RESUME) else None,
        reference_phones=tuple(phone for _, phone in vouch if phone),
        reference_emails=tuple(mail for mail, _ in vouch),
        profiles=(f"https://profiles.example.com/in/{job.handle}",) if dice.chance(0.7) else (),
        email=job.personal_email,
        phone=job.phone,
        address=job.claimed if dice.chance(0.8) else None,
    )
    for round_ in range(dice.between(1, 3)):
        in_person = job.arrangement != "remote" and dice.chance(0.4)
        job.interviews.append(
            Interview(
                second=second + (4 + 5 * round_) * DAY_SECONDS + dice.between(-7200, 7200),
                line=job.person.home.line,
                channel="in_person" if in_person else dice.pick(("video", "video", "phone")),
                minutes=dice.real(25, 70),
                camera_share=dice.real(0.8, 1.0) if dice.chance(0.9) else 0.0,
                camera=dice.pick(_CAMERAS),
                outcome="advance" if stage == "hired" or dice.chance(0.5) else "decline",
            )
        )
