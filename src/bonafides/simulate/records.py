"""Tables that companies export in the project's own shape: HR, recruiting, payroll, shipping, devices, checks."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from bonafides.simulate.calendar import FIRST, LAST, day_of, iso, iso_day, midnight, month_ends
from bonafides.simulate.chance import Dice
from bonafides.simulate.companies import Company
from bonafides.simulate.files import Cell
from bonafides.simulate.internet import Line
from bonafides.simulate.people import Job, Postal
from bonafides.simulate.sessions import Session

PAYROLL_SINCE = date(2025, 1, 1).toordinal()  # payroll keeps eighteen months
CREDENTIAL_SINCE = LAST - 548
DOCUMENTS = 0.09  # share of sessions with an exported action on documents
MEETINGS = 0.14  # share of laptop sessions with an exported call
_ADDRESS = ("street", "city", "region", "postal_code", "country")
_SHIFT = tuple(f"redirect_{part}" for part in _ADDRESS)

COLUMNS: dict[str, tuple[str, ...]] = {
    "worker": (
        "worker_id", "given_name", "family_name", "work_email", "personal_email", "phone", *_ADDRESS, "birth_date",
        "government_id_token", "role", "department", "manager_id", "engagement", "agency", "work_arrangement",
        "hired_on", "started_on", "ended_on", "is_us_person_verified",
    ),
    "application": (
        "application_id", "worker_id", "given_name", "family_name", "email", "phone", *_ADDRESS, "applied_at", "ip",
        "user_agent", "role", "stage", "resume_text", "reference_phones", "reference_emails", "profile_urls",
    ),
    "interview": (
        "application_id", "occurred_at", "ip", "channel", "duration_seconds", "camera_on_seconds", "camera_device",
        "outcome",
    ),
    "payee": (
        "worker_id", "valid_from", "method", "routing_number", "account_token", "wallet", "holder_name", "country",
    ),
    "payment": ("payment_id", "worker_id", "paid_on", "amount", "currency", "account_token"),
    "shipment": (
        "shipment_id", "worker_id", "serial", "carrier", "recipient", *_ADDRESS, "shipped_on", "delivered_on", *_SHIFT,
    ),
    "device": (
        "device_id", "serial", "worker_id", "assigned_email", "hostname", "os", "model", "enrolled_on", "returned_on",
    ),
    "verification": ("worker_id", "occurred_at", "kind", "outcome"),
    "asset": ("asset", "kind", "control", "owner"),
    "meeting": (
        "occurred_at", "actor_email", "meeting_id", "ip", "client", "duration_seconds", "camera_on_seconds",
        "camera_device",
    ),
    "peripheral": ("occurred_at", "device_id", "bus", "vendor_id", "product_id", "vendor", "product", "serial", "ip"),
    "credential": ("occurred_at", "actor_email", "action", "factor", "phone", "email", "device_id", "ip"),
    "activity": (
        "occurred_at", "actor_email", "ip", "user_agent", "service", "action", "target", "count", "moved_bytes",
    ),
}  # fmt: skip

Row = Sequence[Cell]


def payments(company: Company, job: Job) -> list[tuple[int, float, str]]:
    """Wages that a worker was paid: (day, amount, account)."""
    if not job.is_worker:
        return []
    first, last = max(job.started, PAYROLL_SINCE), min(job.ended or LAST, LAST)
    days = month_ends(first, LAST + 31)
    if company.pays == "semimonthly":
        days = sorted([*days, *(day - 15 for day in days)])
    paid = []
    since = first
    for day in days:
        worked = min(day, last) - since + 1
        if worked <= 0 or day > LAST:
            continue
        accounts = [p for p in job.payees if p.since <= day] or job.payees[:1]
        account = accounts[-1].account or accounts[-1].wallet or ""
        paid.append((day, round(job.monthly * worked / 30.4, 2), account))
        since = min(day, last) + 1
    return paid


def tables(
    seed: int, company: Company, jobs: list[Job], sessions: dict[str, list[Session]]
) -> Iterator[tuple[str, tuple[str, ...], list[Row]]]:
    """The tables that this company exports: (name, columns, rows)."""
    makers: dict[str, Callable[[int, Company, Job, list[Session]], Iterator[Row]]] = {
        "worker": _worker,
        "application": _application,
        "interview": _interview,
        "payee": _payee,
        "payment": _payment,
        "shipment": _shipment,
        "device": _device,
        "verification": _verification,
        "meeting": _meeting,
        "peripheral": _peripheral,
        "credential": _credential,
        "activity": _activity,
    }
    for name, make in makers.items():
        if name not in company.tables:
            continue
        rows = [row for job in jobs for row in make(seed, company, job, sessions.get(job.worker_id, []))]
        if name in ("payment", "meeting", "peripheral", "credential", "activity"):
            moment = COLUMNS[name].index("paid_on" if name == "payment" else "occurred_at")
            rows.sort(key=lambda row: str(row[moment]))
        yield name, COLUMNS[name], rows
    if company.assets and "asset" in company.tables:
        owner = jobs[0].email if jobs else None
        yield "asset", COLUMNS["asset"], [(f"{company.slug}/{n}", k, c, owner) for n, k, c in company.assets]


def _postal(address: Postal | None) -> tuple[Cell, ...]:
    if address is None:
        return (None,) * 5
    return (address.street, address.city, address.region, address.postal_code, address.country)


def _ip(seed: int, line: Line, second: int, *name: str | int) -> str:
    dice = Dice(seed, "once", second, *name)
    return line.on(max(FIRST - 30, day_of(second)), dice).seen_as(second)


def _worker(_: int, company: Company, job: Job, __: list[Session]) -> Iterator[Row]:
    if not job.is_worker:
        return
    emails = [(job.email, job.family)]
    if job.former_email is not None:
        emails.insert(0, (job.former_email[0], job.former_family or job.family))
    for email, family in emails:
        yield (
            job.worker_id,
            job.given,
            family,
            email,
            job.personal_email,
            job.phone,
            *_postal(job.claimed),
            iso_day(job.person.born),
            job.person.token,
            job.role,
            job.department,
            job.manager,
            job.engagement,
            job.agency or None,
            job.arrangement,
            iso_day(job.hired),
            iso_day(job.started),
            iso_day(job.ended) if job.ended else None,
            job.us_person,
        )


def _application(seed: int, company: Company, job: Job, _: list[Session]) -> Iterator[Row]:
    a = job.application
    if a is None:
        return
    yield (
        a.application_id,
        job.worker_id or None,
        job.person.given,
        job.former_family or job.family,
        a.email,
        a.phone,
        *_postal(a.address),
        iso(a.second),
        _ip(seed, a.line, a.second, a.application_id),
        a.agent,
        a.role,
        a.stage,
        a.resume,
        ";".join(a.reference_phones) or None,
        ";".join(a.reference_emails) or None,
        ";".join(a.profiles) or None,
    )


def _interview(seed: int, company: Company, job: Job, _: list[Session]) -> Iterator[Row]:
    if job.application is None:
        return
    for talk in job.interviews:
        seconds = int(talk.minutes * 60)
        video = talk.channel == "video"
        yield (
            job.application.application_id,
            iso(talk.second),
            _ip(seed, talk.line, talk.second, job.application.application_id) if video else None,
            talk.channel,
            seconds,
            int(seconds * talk.camera_share) if video else None,
            talk.camera if video and talk.camera_share > 0 else None,
            talk.outcome,
        )


def _payee(_: int, company: Company, job: Job, __: list[Session]) -> Iterator[Row]:
    for p in job.payees if job.is_worker else []:
        wallet = p.wallet
        yield (
            job.worker_id,
            iso_day(p.since),
            p.method,
            None if wallet else p.routing,
            None if wallet else p.account,
            wallet,
            p.holder,
            None if wallet else "US",
        )


def _payment(_: int, company: Company, job: Job, __: list[Session]) -> Iterator[Row]:
    for number, (day, amount, account) in enumerate(payments(company, job)):
        yield (f"P-{job.worker_id}-{number:03d}", job.worker_id, iso_day(day), amount, "USD", account)


def _shipment(_: int, company: Company, job: Job, __: list[Session]) -> Iterator[Row]:
    for number, p in enumerate(job.parcels):
        yield (
            f"S-{job.worker_id}-{number}",
            job.worker_id,
            p.serial,
            p.carrier,
            p.recipient,
            *_postal(p.address),
            iso_day(p.shipped),
            iso_day(p.delivered),
            *_postal(p.redirected),
        )


def _device(_: int, company: Company, job: Job, __: list[Session]) -> Iterator[Row]:
    for m in job.laptops:
        returned = m.returned or (job.ended + 9 if job.ended and job.ended + 9 <= LAST else None)
        yield (
            m.device_id,
            m.serial,
            job.worker_id,
            job.email,
            m.hostname,
            m.system,
            m.model,
            iso_day(m.enrolled),
            iso_day(returned) if returned else None,
        )


def _verification(_: int, company: Company, job: Job, __: list[Session]) -> Iterator[Row]:
    for check in job.checks:
        yield (job.worker_id, iso(check.second), check.kind, check.outcome)


def _meeting(seed: int, company: Company, job: Job, sessions: list[Session]) -> Iterator[Row]:
    dice = Dice(seed, "meeting", company.index, job.worker_id)
    for session in sessions:
        if session.machine == "phone" or not dice.chance(MEETINGS):
            continue
        second = session.start + dice.below(max(1, session.end - session.start))
        seconds = dice.between(600, 3600)
        share = job.camera_share * dice.real(0.5, 1.0) if dice.chance(0.75) else 0.0
        ip = session.ip
        if job.meeting_line is not None and dice.chance(0.6):
            ip = job.meeting_line.on(session.day, dice).seen_as(session.day)
        yield (
            iso(second),
            job.email,
            f"M{company.index:03d}{session.day}{dice.below(6)}",
            ip,
            "desktop",
            seconds,
            int(seconds * share),
            job.camera if share > 0 else None,
        )


def _peripheral(seed: int, company: Company, job: Job, sessions: list[Session]) -> Iterator[Row]:
    """Monitors, from an inventory agent: the endpoint sensor does not log them."""
    if not job.laptops:
        return
    dice = Dice(seed, "display", company.index, job.worker_id)
    machine = job.laptops[-1]
    shown = {id(thing): False for thing in job.attachments}
    for session in sessions:
        if session.machine != "laptop":
            continue
        for thing in job.attachments:
            if thing.bus != "display" or session.day < thing.first:
                continue
            if not shown[id(thing)] or dice.chance(thing.daily):
                shown[id(thing)] = True
                yield (
                    iso(session.start + 20),
                    machine.hostname,
                    thing.bus,
                    thing.vendor_id,
                    thing.product_id,
                    thing.vendor,
                    thing.product,
                    thing.serial or None,
                    session.ip,
                )


def _credential(seed: int, company: Company, job: Job, _: list[Session]) -> Iterator[Row]:
    for factor in job.factors:
        if midnight(CREDENTIAL_SINCE) <= factor.second < midnight(LAST + 1):
            ip = _ip(seed, factor.line, factor.second, job.worker_id)
            yield (
                iso(factor.second),
                job.email,
                factor.action,
                factor.factor,
                factor.phone,
                factor.email,
                None,
                ip,
            )


def _activity(seed: int, company: Company, job: Job, sessions: list[Session]) -> Iterator[Row]:
    """Documents and mail, from services whose logs the company turned into this shape itself."""
    dice = Dice(seed, "activity", company.index, job.worker_id)
    for session in sessions:
        if not dice.chance(DOCUMENTS):
            continue
        second = session.start + dice.below(max(1, session.end - session.start))
        action = dice.weighted(("view", "edit", "download", "share"), (5.0, 3.0, 1.0, 0.5))
        target = f"document-{dice.below(900)}.docx"
        moved = int(dice.lognormal(400_000, 1.2)) if action == "download" else None
        yield (iso(second), job.email, session.ip, job.agent, "drive", action, target, 1, moved)
    for act in job.acts:
        if act.service in ("drive", "mail") and FIRST <= day_of(act.second) <= LAST:
            ip = act.line.on(day_of(act.second), dice).seen_as(act.second)
            for index, target in enumerate(act.targets):
                second = act.second + index * act.spread // len(act.targets)
                moved = act.moved_bytes // len(act.targets) if act.moved_bytes else None
                yield (iso(second), job.email, ip, act.agent, act.service, act.action, target, 1, moved)
