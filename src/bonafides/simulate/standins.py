"""Engagements in which someone other than the claimed person does the work."""

from bonafides.simulate import equipment, people, resumes
from bonafides.simulate.calendar import DAY_SECONDS, FIRST, LAST, day_of, midnight
from bonafides.simulate.chance import Dice
from bonafides.simulate.companies import Company
from bonafides.simulate.networks import Facilitator, Network, Operator
from bonafides.simulate.people import (
    Act,
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
    Postal,
    Stay,
    Tool,
)
from bonafides.simulate.places import US
from bonafides.simulate.population import Population, as_applicant, referee

TENURE_DAYS = (170.0, 0.75)  # 05-facts: ten days to three years, median about six months; here at most 18 months
PHONE_AT_FARM = 0.2  # assumption: the facilitator signs in by phone now and then
LEFT_ALREADY = 0.12  # assumption: let go within the quarter
MOST_JOBS = 4  # 05-facts: one to four jobs at once
_ROLES = (
    ("Software Engineer", 10_200),
    ("Senior Software Engineer", 13_000),
    ("Full Stack Developer", 10_800),
    ("Mobile Developer", 10_400),
    ("Blockchain Developer", 12_500),
    ("Data Engineer", 10_600),
)
# 05-facts, section 3: tools named in reporting.
_TOOLS = ("AnyDesk", "RustDesk", "TeamViewer", "Chrome Remote Desktop", "LogMeIn", "Splashtop")
_VIRTUAL_CAMERAS = ("OBS Virtual Camera", "SplitCam Video Driver", "ManyCam Virtual Webcam")
# Checks that personas passed: brief ("almost never" in person; the facilitator attends).
DOCUMENT, LIVE_VIDEO, LIVE_VIDEO_FAIL, ATTENDED, CALL_BACK_FAIL = 0.35, 0.12, 0.04, 0.015, 0.03


def employ(pop: Population, network: Network, places: list[Company]) -> list[Job]:
    """All engagements of a network, one for each place given (as many as it has laptops)."""
    dice = pop.dice("network", network.key)
    identities = [_identity(pop, dice, f"{network.key}P{n + 1}") for n in range(network.identities)]
    held: list[set[int]] = [set() for _ in identities]
    seats = dice.shuffled([f for f in network.facilitators for _ in range(f.capacity)])
    found = []
    for number, company in enumerate(places):
        free = [i for i, at in enumerate(held) if company.index not in at and len(at) < MOST_JOBS]
        which = number if number < len(identities) else dice.pick(free)
        held[which].add(company.index)
        facilitator = next((s for s in seats if s.seats.get(company.index, 0) < 3), seats[0])
        seats.remove(facilitator)
        facilitator.seats[company.index] = facilitator.seats.get(company.index, 0) + 1
        found.append(_engage(pop, network, facilitator, identities[which], company))
    return found


def _identity(pop: Population, dice: Dice, key: str) -> Person:
    """A stolen or rented identity: its owner lives somewhere and knows nothing."""
    where = dice.weighted(US, [p.weight for p in US])
    owner = Home(where, people.postal(dice, where), pop.internet.home(dice, where))
    return people.person(dice, pop.internet, pop.phones, key, owner)


def _engage(pop: Population, network: Network, keeper: Facilitator, who: Person, company: Company) -> Job:
    dice = pop.dice("stand-in", network.key, who.key, company.index)
    style = network.style
    operator = min(dice.shuffled(network.operators), key=lambda o: o.personas)
    operator.personas += 1
    title, wage = dice.pick(_ROLES)
    ended = LAST - dice.between(3, 70) if dice.chance(LEFT_ALREADY) else None
    tenure = min(545, max(28, int(dice.lognormal(*TENURE_DAYS))))
    started = (ended or LAST) - tenure
    manner = dice.weighted(("owner", "farm", "near"), style.claims)
    claimed = _claim(dice, who, keeper, manner)
    machine = equipment.laptop(dice, company.slug, company.device_trust, started - 2)
    job = Job(
        company=company.index,
        worker_id=pop.worker_id(company),
        person=who,
        email=pop.mailbox(who.given, who.family, company),
        claimed=claimed,
        given=who.given,
        family=who.family,
        phone=dice.pick(keeper.phones) if dice.chance(style.shared_phone * 0.5) and keeper.phones else who.phone,
        personal_email=who.personal_email if dice.chance(0.7) else people.private_address(dice, who.given, who.family),
        role=title,
        department="Engineering",
        engagement="contractor" if dice.chance(0.45) else "employee",
        arrangement="remote",
        agency="",
        hired=started - dice.between(5, 25),
        started=started,
        ended=ended,
        monthly=round(dice.lognormal(wage, 0.15), -1),
        us_person=dice.chance(0.08),
        hours=_hours(dice, network, operator, manner, who, keeper),
        handle=f"{who.given.lower()}{dice.pick(('dev', '-codes', 'tech', ''))}{dice.between(1, 999)}",
        is_developer=True,
        agent=equipment.agent(dice, machine.system),
        own_agent=operator.agent,
        always_on=dice.chance(style.always_on),
        hypothesis="stand_in",
        network=network.key,
        facilitator=keeper.key,
    )
    job.laptops.append(machine)
    _connect(pop, dice, network, keeper, operator, job, manner)
    _ship(dice, network, keeper, job, manner)
    _pay(dice, network, keeper, job)
    _equip(dice, network, job)
    _enrol(dice, network, keeper, job)
    _check(dice, job)
    _apply(pop, dice, network, keeper, operator, job, company)
    job.signing_key = operator.signing_key if dice.chance(style.shared_key) else None
    if dice.chance(style.operator_offset):
        job.commit_minutes = operator.abroad.place.utc_minutes
    return job


def _claim(dice: Dice, who: Person, keeper: Facilitator, manner: str) -> Postal:
    if manner == "owner":
        return who.home.postal
    at = keeper.home
    if manner == "near":
        return people.postal(dice, at.place)
    unit = dice.pick(("", " Apt 2", " Unit B", " #3", " Suite A"))
    return Postal(at.postal.street + unit, at.postal.city, at.postal.region, at.postal.postal_code, at.postal.country)


def _hours(dice: Dice, network: Network, operator: Operator, manner: str, who: Person, keeper: Facilitator) -> Hours:
    """The operator's hours: careful ones keep the persona's local day, others one day for all their personas."""
    style = network.style
    local = who.home.place if manner == "owner" else keeper.home.place
    zone = local.utc_minutes if style.is_careful else -300
    return Hours(
        utc_minutes=zone,
        start=8.6 + operator.start_shift + dice.real(-0.2, 0.4),
        length=dice.real(8.0, 11.0),
        jitter=0.5,
        weekend=style.weekend,
        attendance=0.94,
        holidays=min(0.8, style.weekend * 2.5),
        shared_with=operator.key,
    )


def _connect(
    pop: Population, dice: Dice, network: Network, keeper: Facilitator, operator: Operator, job: Job, manner: str
) -> None:
    """How the laptop and the operator reach the company."""
    style, company = network.style, pop.companies[job.company]
    direct = dice.chance(style.direct_line)
    if direct:
        job.stays.append(Stay(FIRST, LAST, keeper.home.line, 1.0))
    else:
        near = job.person.home.place if manner == "owner" else keeper.home.place
        if style.is_careful:
            hidden = pop.internet.personal_proxy(dice, near)
        else:
            hidden = pop.internet.vpn(dice, 2 if dice.chance(0.5) else None, near)
        job.stays.append(Stay(FIRST, LAST, hidden, 1.0))
        if dice.chance(style.stray_line * 3):
            # The tunnel fails now and then.
            job.stays.append(Stay(FIRST, LAST, keeper.home.line, 0.04))
        if job.started >= FIRST - 3:
            job.stays.append(Stay(job.started, job.started + 2, keeper.home.line, 20.0))
    if company.gateway:
        for stay in job.stays:
            stay.share *= 0.08
        job.stays.append(Stay(FIRST, LAST, company.gateway, 0.92))
    if dice.chance(style.own_machine):
        job.stays.append(Stay(FIRST, LAST, operator.vpn, dice.real(0.08, 0.35), "own", True))
    if dice.chance(style.abroad):
        job.stays.append(Stay(FIRST, LAST, operator.abroad, 0.03, "own", True))
    if dice.chance(PHONE_AT_FARM):
        job.stays.append(Stay(FIRST, LAST, pop.internet.mobile(dice, keeper.home.place), 0.05, "phone", True))
    job.meeting_line = operator.vpn if dice.chance(style.own_machine * 0.6) else None


def _ship(dice: Dice, network: Network, keeper: Facilitator, job: Job, manner: str) -> None:
    """The laptop goes to the farm, whatever address the persona claims."""
    farm = keeper.home.postal
    shipped = job.started - dice.between(3, 9)
    parcel = Parcel(
        serial=job.laptops[0].serial,
        carrier=dice.pick(("Example Parcel", "Sample Freight", "Placeholder Post")),
        recipient=f"{job.given} {job.family}",
        address=job.claimed,
        shipped=shipped,
        delivered=shipped + dice.between(1, 5),
    )
    if manner != "farm":
        if dice.chance(network.style.late_redirect):
            parcel.redirected = farm
        elif manner == "owner" or dice.chance(0.5):
            # Asked for before dispatch: "I am staying with family".
            parcel.address = farm
    job.parcels.append(parcel)


def _pay(dice: Dice, network: Network, keeper: Facilitator, job: Job) -> None:
    style = network.style
    own = Payee(
        job.started - 2,
        "ach",
        str(dice.between(100_000_000, 129_999_999)),
        f"acct_{dice.hexes(24)}",
        f"{job.given} {job.family}",
    )
    if dice.chance(style.shared_account):
        shared = dice.pick(keeper.accounts)
        holder = shared.holder if dice.chance(0.8) else f"{job.given} {job.family}"
        since = job.started - 2
        if dice.chance(0.35) and LAST - job.started > 60:
            job.payees.append(own)
            since = job.started + dice.between(20, 50)
        job.payees.append(Payee(since, shared.method, shared.routing, shared.account, holder))
        return
    job.payees.append(own)
    if job.engagement == "contractor" and dice.chance(style.wallet):
        since = job.started + dice.between(10, 40)
        job.payees.append(Payee(since, "wallet", "", "", f"{job.given} {job.family}", f"0x{dice.hexes(40)}"))


def _equip(dice: Dice, network: Network, job: Job) -> None:
    """What makes the laptop usable from elsewhere."""
    style = network.style
    ready = job.started + dice.between(0, 3)  # 05-facts: first remote tool within three days
    if dice.chance(style.has_kvm):
        manner = dice.weighted(("open", "display", "disguised"), style.kvm)
        job.attachments += equipment.kvm(dice, manner, ready)
    elif dice.chance(0.4):
        job.attachments += equipment.desk(dice)[:1]
    if dice.chance(style.tool):
        first = network.tool if dice.chance(0.6) else dice.pick(_TOOLS)
        job.tools.append(Tool(first, ready, dice.real(0.25, 0.6)))
        if dice.chance(style.second_tool):
            job.tools.append(Tool(dice.pick(_TOOLS), ready + dice.between(0, 30), dice.real(0.1, 0.4)))
    if dice.chance(style.keeps_awake):
        job.tools.append(Tool("Caffeine", ready, dice.real(0.2, 0.6)))
    if dice.chance(style.virtual_camera):
        job.camera = dice.pick(_VIRTUAL_CAMERAS)
    job.camera_share = dice.real(0.0, 0.25) if dice.chance(0.6) else dice.real(0.3, 0.9)


def _enrol(dice: Dice, network: Network, keeper: Facilitator, job: Job) -> None:
    first = midnight(job.started) + dice.between(14 * 3600, 22 * 3600)
    line = keeper.home.line if dice.chance(network.style.direct_line) else job.stays[0].line
    number = job.phone
    if keeper.phones and dice.chance(network.style.shared_phone):
        number = dice.pick(keeper.phones)
    job.factors.append(Factor(first, "added", "sms" if dice.chance(0.7) else "push", number, None, line))
    if dice.chance(0.4):
        job.factors.append(Factor(first + 500, "added", "recovery_email", None, job.personal_email, line))
    if dice.chance(0.12) and job.started < FIRST:
        second = midnight(dice.between(FIRST, LAST)) + dice.between(0, DAY_SECONDS - 1)
        job.factors.append(Factor(second, "reset", "sms", number, None, line))


def _check(dice: Dice, job: Job) -> None:
    start = midnight(job.started)
    for kind, share, outcome in (
        ("document", DOCUMENT, "pass"),
        ("live_video", LIVE_VIDEO, "pass"),
        ("live_video", LIVE_VIDEO_FAIL, "fail"),
        ("in_person", ATTENDED, "pass"),
        ("call_back", CALL_BACK_FAIL, "fail"),
    ):
        if dice.chance(share):
            second = start + dice.between(-5, 20) * DAY_SECONDS + dice.between(14 * 3600, 22 * 3600)
            if second < midnight(LAST + 1):
                job.checks.append(Check(second, kind, outcome))


def _apply(
    pop: Population, dice: Dice, network: Network, keeper: Facilitator, operator: Operator, job: Job, company: Company
) -> None:
    style = network.style
    second = midnight(job.hired) - dice.between(6, 40) * DAY_SECONDS + dice.between(0, DAY_SECONDS - 1)
    own = resumes.personal(dice, job.role)
    text = resumes.copied(dice, dice.pick(network.resumes)) if dice.chance(style.copied_resume) else own
    vouch = []
    for _ in range(2):
        if dice.chance(style.shared_referee):
            vouch.append(dice.pick(network.referees))
        else:
            vouch.append(referee(pop.phones, dice, keeper.home.place, 0.4))
    line = keeper.home.line if dice.chance(0.2) else operator.vpn
    job.application = Application(
        application_id=f"A{company.index:03d}{dice.hexes(8)}",
        second=second,
        line=line,
        agent=operator.agent,
        role=job.role,
        stage="hired",
        resume=text,
        reference_phones=tuple(dict.fromkeys(phone for _, phone in vouch if phone)),
        reference_emails=tuple(dict.fromkeys(mail for mail, _ in vouch)),
        profiles=(f"https://profiles.example.com/in/{job.handle}",) if dice.chance(0.8) else (),
        email=job.personal_email,
        phone=job.phone,
        address=job.claimed if dice.chance(0.8) else None,
    )
    for round_ in range(dice.between(1, 3)):
        # Often another person than the one who applied or will work: another exit.
        other = dice.pick(network.operators)
        job.interviews.append(
            Interview(
                second=second + (3 + 4 * round_) * DAY_SECONDS + dice.between(-7200, 7200),
                line=other.vpn if dice.chance(0.75) else keeper.home.line,
                channel="video" if dice.chance(0.85) else "phone",
                minutes=dice.real(25, 60),
                camera_share=dice.real(0.5, 1.0) if dice.chance(0.7) else 0.0,
                camera=dice.pick(_VIRTUAL_CAMERAS) if dice.chance(style.virtual_camera) else "Integrated Camera",
                outcome="advance",
            )
        )


def take(dice: Dice, job: Job, company: Company, assets: tuple[str, ...]) -> None:
    """The persona copies what is worth having: all repositories, or the guarded ones, then sends it off."""
    last = min(LAST, job.ended or LAST) - 1
    day = dice.between(max(FIRST, job.started + 5), max(FIRST + 1, last))
    second = midnight(day) + dice.between(2 * 3600, 23 * 3600)
    line = next(s.line for s in job.stays if s.machine == "laptop")
    targets = assets or tuple(company.repositories)
    if company.has_github:
        job.acts.append(Act(second, dice.between(200, 900), "github", "git.clone", targets, line, "git/2.49.0"))
    if company.has_endpoint:
        away = ("g.api.mega.co.nz", "mega.nz") if dice.chance(0.5) else ("content.dropboxapi.com",)
        job.acts.append(Act(second + 1200, 1500, "endpoint", "connect", away, line, ""))
        command = "rclone.exe copy C:\\src remote:backup --transfers 16"
        if dice.chance(0.5):
            job.acts.append(Act(second + 1100, 60, "endpoint", "process", (command,), line, ""))
    job.assets.update(f"{company.slug}/{name}" for name in assets)


def seek(pop: Population, network: Network, number: int, company: Company) -> Job:
    """An application that led to nothing yet, in the name of an identity that the network holds."""
    dice = pop.dice("stand-in applicant", network.key, number)
    keeper = dice.pick(network.facilitators)
    job = _engage(pop, network, keeper, _identity(pop, dice, f"{network.key}A{number}"), company)
    as_applicant(job, dice.between(FIRST + 40, LAST + 5))
    operator = dice.pick(network.operators)
    _apply(pop, dice, network, keeper, operator, job, company)
    if job.application is not None:
        job.application.stage = dice.pick(("screening", "interview", "declined"))
    for talk in job.interviews:
        talk.outcome = dice.pick(("advance", "decline"))
    job.interviews = [talk for talk in job.interviews if day_of(talk.second) <= LAST]
    return job
