"""Honest people who share a place of work, an employer's thing, or a past."""

from bonafides.simulate import equipment, people, resumes
from bonafides.simulate.calendar import FIRST, LAST, midnight
from bonafides.simulate.chance import Dice
from bonafides.simulate.names import company_name
from bonafides.simulate.people import Factor, Job, Laptop, Payee, Stay
from bonafides.simulate.population import Population, referee

# None of these has a public rate (base_rates.yaml: "unknown: measure"): all are assumptions.
AGENCY = 0.014  # engaged through a declared agency, paid through its account, working at home
DECLARED_AGENCY = 0.008  # the same, from the agency's office, which is the address given
COWORKING = 0.015
CAMPUS = 0.006
HOT_DESK = 0.01
DESK_PHONE = 0.004
RECYCLED_LAPTOP = 0.005
SHARED_REFEREE = 0.014
RESUME_TEMPLATE = 0.02


def agency(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """People engaged through one agency: its name is on their file and their wages go to it."""
    _engage(dice, jobs, f"{company_name(dice)} Staffing Inc")


def declared_agency(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """An agency whose people sit in its office: one address, one line, one account, laptops sent there."""
    _engage(dice, jobs, f"{company_name(dice)} Delivery Partners Inc")
    place = jobs[0].person.home.place
    line = pop.internet.fixed("business", place, dice.below(2), 2)
    office = people.postal(dice, place)
    voucher = referee(pop.phones, dice, place, 1.0)
    for job in jobs:
        job.claimed = office
        job.hours.utc_minutes = place.utc_minutes
        job.stays = [s for s in job.stays if s.machine != "laptop"]
        job.stays += [Stay(FIRST, LAST, line, 0.9), Stay(FIRST, LAST, job.person.home.line, 0.1)]
        for parcel in job.parcels:
            parcel.address, parcel.redirected = office, None
        if job.application is not None:
            job.application.line = line
            job.application.reference_emails = (*job.application.reference_emails[:1], voucher[0])
            job.application.reference_phones = (voucher[1],) if voucher[1] else ()


def _engage(dice: Dice, jobs: list[Job], name: str) -> None:
    routing, account = str(dice.between(100_000_000, 129_999_999)), f"acct_{dice.hexes(24)}"
    for job in jobs:
        job.engagement = "contractor"
        job.agency = name
        job.payees = [Payee(job.payees[0].since, "ach", routing, account, name)]
        if job.application is not None and job.application.resume and dice.chance(0.6):
            job.application.resume = resumes.personal(dice, job.role, template=True)


def coworking(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Strangers who rent desks in one coworking space, some days a week."""
    line = pop.internet.fixed("business", jobs[0].person.home.place, dice.below(2), 1)
    for job in jobs:
        job.stays.append(Stay(FIRST, LAST, line, dice.real(0.25, 1.5)))


def campus(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """People who often work from a university's network: spouses, alumni, affiliates."""
    line = pop.internet.fixed("campus", jobs[0].person.home.place, dice.below(2), 3)
    for job in jobs:
        job.stays.append(Stay(FIRST, LAST, line, dice.real(0.3, 2.0)))


def hot_desk(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Colleagues who use the same few desks: docks and monitors are seen on all their laptops."""
    desks = [equipment.display(dice) for _ in range(2)]
    docks = [equipment.dock(dice) for _ in range(2)]
    for job in jobs:
        for thing in (*desks, *docks):
            thing.daily = 0.1
        job.attachments = [*job.attachments[:1], *desks, *docks]


def desk_phone(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Colleagues whose login factor is a phone that stands on a common desk."""
    number = pop.phones.number(dice, jobs[0].person.home.place)
    for job in jobs:
        second = midnight(max(job.started, LAST - 300)) + dice.between(14 * 3600, 22 * 3600)
        line = pop.companies[job.company].office or job.person.home.line
        job.factors.append(Factor(second, "added", "call", number, None, line))


def recycled_laptop(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """A laptop given back by one colleague and issued to the next."""
    earlier, later = sorted(jobs, key=lambda j: (j.started, j.worker_id))
    machine = earlier.laptops[-1]
    handed = max(earlier.started + 30, LAST - dice.between(20, 200))
    machine.returned = handed
    replacement = equipment.laptop(dice, pop.companies[earlier.company].slug, True, handed)
    earlier.laptops.append(replacement)
    issued = max(later.started, min(LAST - 3, handed + dice.between(5, 12)))
    again = Laptop(
        machine.device_id,
        machine.serial,
        machine.hostname,
        machine.system,
        machine.model,
        machine.agent_id,
        issued,
    )
    later.laptops[-1].returned = issued
    later.laptops.append(again)


def shared_referee(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Former colleagues who name the same former manager."""
    mail, phone = referee(pop.phones, dice, jobs[0].person.home.place, 0.7)
    for job in jobs:
        if job.application is not None:
            job.application.reference_emails = (job.application.reference_emails[0], mail)
            kept = job.application.reference_phones[:1]
            job.application.reference_phones = (*kept, phone) if phone else kept


def resume_template(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Strangers who began their CV from one common template."""
    for job in jobs:
        if job.application is not None:
            job.application.resume = resumes.personal(dice, job.role, template=True)
