"""Honest lives that look like a network's traces: shared roofs, shared computers, new papers, help at work."""

from dataclasses import replace

from bonafides.simulate import households, people, workplaces
from bonafides.simulate.calendar import DAY_SECONDS, FIRST, LAST, midnight
from bonafides.simulate.chance import Dice
from bonafides.simulate.names import family_name, given_name
from bonafides.simulate.people import Factor, Job, Laptop, Payee, Stay, Tool
from bonafides.simulate.population import Population, hire, own_account, referee

# None of these has a public rate: all are assumptions, and small.
SHARED_HOUSE = 0.002  # four people of different employers, all at home
SIBLINGS = 0.002  # one name, one home, one family plan
OUTSOURCING = 0.003  # a declared firm's people at one client, from the firm's centre
UNIVERSITY_HOUSING = 0.002
MILITARY_HOUSING = 0.002
MERGER = 0.002  # colleagues who went over to the company that bought theirs
REFUGEE = 0.001  # new papers, phones and accounts within months
CARERS = 0.001  # two who take turns at one computer at home
ASSISTED = 0.001  # a helper reaches the computer, every day
INTERPRETER = 0.001  # two on camera, by a virtual one
NEW_NAME = 0.001  # given and family name, with new papers


def shared_house(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Four people in one house, who all say so."""
    households.share_home(dice, jobs)


def siblings(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Two or three of one family name in their parents' house, on the family's plan."""
    households.share_home(dice, jobs)
    for job in jobs[1:]:
        job.family = job.person.family = jobs[0].family
        for payee in job.payees:
            payee.holder = f"{job.given} {job.family}"
    households.family_plan(pop, dice, jobs)


def outsourcing(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """A declared firm's team at one client: its centre's address and line, its own support tool on every laptop."""
    workplaces.declared_agency(pop, dice, jobs)
    for job in jobs:
        job.tools.append(Tool("Splashtop", FIRST - 200, 0.2))


def university_housing(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Partners of students in one hall: one street number, the university's network at home."""
    _one_door(pop, dice, jobs, "campus", "Hall")


def military_housing(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Spouses on one base: one street number, the provider's one way out."""
    _one_door(pop, dice, jobs, "business", "Unit")


def _one_door(pop: Population, dice: Dice, jobs: list[Job], kind: str, word: str) -> None:
    first = jobs[0].person.home
    line = pop.internet.fixed(kind, first.place, dice.below(2), 2)
    for number, job in enumerate(jobs):
        claimed = replace(first.postal, street=f"{first.postal.street} {word} {number + 1}")
        households.move_in(job, people.Home(first.place, claimed, line), claimed)
        job.stays.append(Stay(FIRST, LAST, line, 1.0))


def merger(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Colleagues whose company was bought: the same people, computers and accounts under another employer."""
    others = [c for c in pop.companies if c.index != jobs[0].company]
    if not others:
        return
    buyer, day = dice.pick(others), dice.between(FIRST + 20, LAST - 30)
    for job in jobs:
        again = hire(pop, pop.dice("merger", job.company, job.worker_id), buyer, job.person, job.arrangement)
        again.started = again.hired = day
        again.ended, job.ended = None, day - 1
        again.phone, again.personal_email, again.role = job.phone, job.personal_email, job.role
        again.claimed, again.stays = job.claimed, job.stays
        again.laptops, again.parcels = [replace(job.laptops[-1], enrolled=day)], []
        account = job.payees[-1]
        again.payees = [Payee(day, account.method, account.routing, account.account, account.holder)]
        again.checks = list(job.checks)
        again.application, again.interviews = None, []
        again.circumstance = "merger"
        pop.jobs.append(again)


def refugee(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Somebody who arrived lately: several homes, phones and accounts within months, referees nobody can call."""
    job = jobs[0]
    for _ in range(2):
        job.payees.append(own_account(dice, job, dice.between(max(job.started + 1, LAST - 170), LAST - 5)))
    number = pop.phones.number(dice, job.person.home.place)
    second = midnight(dice.between(max(FIRST, job.started + 1), LAST - 3)) + 15 * 3600
    job.factors.append(Factor(second, "reset", "sms", number, None, job.person.home.line))
    job.factors.append(Factor(second + 900, "added", "sms", number, None, job.person.home.line))
    if job.application is not None:
        job.application.reference_phones, job.application.phone = (), number
    job.stays.append(Stay(FIRST, LAST, pop.internet.mobile(dice, job.person.home.place), 0.8))


def carers(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Two colleagues of one household who look after somebody and share what stands in the kitchen."""
    households.share_home(dice, jobs)
    machine = jobs[0].laptops[-1]
    for number, job in enumerate(jobs):
        since = max(job.started, LAST - 300)
        if number:
            job.laptops.append(
                Laptop(
                    machine.device_id, machine.serial, machine.hostname, machine.system, machine.model,
                    machine.agent_id, since,
                )
            )  # fmt: skip
        job.hours.jitter, job.hours.length, job.hours.weekend = 2.5, 6.0, 0.25


def assisted(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """A disabled worker whose helper reaches the computer, and whose programs type and move for them."""
    job = jobs[0]
    job.tools.append(Tool(dice.pick(("TeamViewer", "AnyDesk")), min(FIRST, job.started), 0.8))
    job.tools.append(Tool("Caffeine", min(FIRST, job.started), 0.5))


def interpreter(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Somebody deaf with an interpreter in the picture: two in one window, put together by a virtual camera."""
    job = jobs[0]
    job.camera, job.camera_share = "OBS Virtual Camera", 0.95
    for talk in job.interviews:
        talk.camera, talk.camera_share = job.camera, 0.95


def new_name(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Given and family name changed in HR; accounts and older logs still bear the old ones."""
    job = jobs[0]
    day = dice.between(FIRST + 5, LAST - 10)
    job.former_email, job.former_family = (job.email, day), job.family
    job.given, job.family = given_name(dice, job.person.group), family_name(dice, job.person.group)
    job.email = pop.mailbox(job.given, job.family, pop.companies[job.company])
    if dice.chance(0.5):
        mail, phone = referee(pop.phones, dice, job.person.home.place)
        second = midnight(day) + 2 * DAY_SECONDS
        job.factors.append(Factor(second, "added", "recovery_email", phone, mail, job.person.home.line))
