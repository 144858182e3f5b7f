"""Honest people, and how many of them have which honest reason for looking otherwise."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bonafides.simulate import households, journeys, lives, mishaps, people, workplaces
from bonafides.simulate.calendar import FIRST, LAST, day_of
from bonafides.simulate.chance import Dice
from bonafides.simulate.companies import Company
from bonafides.simulate.people import Job
from bonafides.simulate.population import Population, apply, as_applicant, hire
from bonafides.simulate.records import COLUMNS

APPLICANTS = 0.08  # assumption: open or declined applications a worker within the quarter
Happens = Callable[[Population, Dice, list[Job]], None]
_Queue = deque[tuple[int, Job]]


@dataclass(frozen=True, slots=True)
class Circumstance:
    """One honest reason.

    Shape: `share` of the honest workers, in groups of `sizes` people; `together` says how a group comes about:
    any (strangers), city (of one city), company (colleagues). `who` narrows the eligible: all, remote, office,
    developer, applied (with an application on file).
    """

    name: str
    share: float
    happens: Happens
    sizes: tuple[int, int] = (1, 1)
    together: str = "any"
    who: str = "all"


CIRCUMSTANCES: tuple[Circumstance, ...] = (
    Circumstance("account_takeover", mishaps.ACCOUNT_TAKEOVER, mishaps.account_takeover),
    Circumstance("home_lab", mishaps.HOME_LAB, mishaps.home_lab, who="remote"),
    Circumstance("nomad", journeys.NOMAD, journeys.nomad, who="remote"),
    Circumstance("moonlighter", mishaps.MOONLIGHTER, mishaps.moonlighter, who="remote"),
    Circumstance("desk_phone", workplaces.DESK_PHONE, workplaces.desk_phone, (2, 4), "company", "office"),
    Circumstance("hot_desk", workplaces.HOT_DESK, workplaces.hot_desk, (3, 6), "company", "office"),
    Circumstance("recycled_laptop", workplaces.RECYCLED_LAPTOP, workplaces.recycled_laptop, (2, 2), "company"),
    Circumstance("name_change", mishaps.NAME_CHANGE, mishaps.name_change),
    Circumstance("campus", workplaces.CAMPUS, workplaces.campus, (4, 10), "city", "remote"),
    Circumstance("family_plan", households.FAMILY_PLAN, households.family_plan, (2, 3)),
    Circumstance("declared_agency", workplaces.DECLARED_AGENCY, workplaces.declared_agency, (4, 10), "city", "remote"),
    Circumstance("agency", workplaces.AGENCY, workplaces.agency, (6, 15), "any", "remote"),
    Circumstance("coworking", workplaces.COWORKING, workplaces.coworking, (5, 12), "city", "remote"),
    Circumstance("flatmate", households.FLATMATE, households.flatmates, (2, 4), "any", "remote"),
    Circumstance("couple", households.COUPLE, households.couple, (2, 2), "any", "remote"),
    Circumstance("joint_account", households.JOINT_ACCOUNT, households.joint_account, (2, 2), "any", "remote"),
    Circumstance("shared_referee", workplaces.SHARED_REFEREE, workplaces.shared_referee, (2, 4), "any", "applied"),
    Circumstance("resume_template", workplaces.RESUME_TEMPLATE, workplaces.resume_template, (3, 8), "any", "applied"),
    Circumstance("hotel", journeys.HOTEL, journeys.hotel, (2, 3)),
    Circumstance("conference", journeys.CONFERENCE, journeys.conference, (5, 20)),
    Circumstance("shared_house", lives.SHARED_HOUSE, lives.shared_house, (4, 4), "any", "remote"),
    Circumstance("siblings", lives.SIBLINGS, lives.siblings, (2, 3), "any", "remote"),
    Circumstance("outsourcing", lives.OUTSOURCING, lives.outsourcing, (4, 12), "company", "remote"),
    Circumstance("university_housing", lives.UNIVERSITY_HOUSING, lives.university_housing, (4, 8), "city", "remote"),
    Circumstance("military_housing", lives.MILITARY_HOUSING, lives.military_housing, (4, 8), "city", "remote"),
    Circumstance("merger", lives.MERGER, lives.merger, (3, 8), "company", "remote"),
    Circumstance("carers", lives.CARERS, lives.carers, (2, 2), "company", "remote"),
    Circumstance("refugee", lives.REFUGEE, lives.refugee),
    Circumstance("assisted", lives.ASSISTED, lives.assisted),
    Circumstance("interpreter", lives.INTERPRETER, lives.interpreter),
    Circumstance("new_name", lives.NEW_NAME, lives.new_name),
    Circumstance("mover", journeys.MOVER, journeys.mover, who="remote"),
    Circumstance("new_laptop", mishaps.NEW_LAPTOP, mishaps.new_laptop),
    Circumstance("own_remote_tool", mishaps.OWN_REMOTE_TOOL, mishaps.own_remote_tool),
    Circumstance("night_owl", journeys.NIGHT_OWL, journeys.night_owl),
    Circumstance("carrier_shared", journeys.CARRIER_SHARED, journeys.carrier_shared, who="remote"),
    Circumstance("new_account", mishaps.NEW_ACCOUNT, mishaps.new_account),
    Circumstance("traveller", journeys.TRAVELLER, journeys.traveller),
)


def open_everything(company: Company) -> None:
    """Gives the only company of a world every export."""
    company.has_endpoint = company.has_github = company.github_ip = company.has_git = True
    company.identity = "okta_system_log"
    company.tables = frozenset(COLUMNS)


def settle(pop: Population, count: int) -> None:
    """Fills the companies with so many honest workers, their circumstances, and applicants."""
    dice = pop.dice("innocents")
    weights = [c.size for c in pop.companies]
    slots = [*pop.companies, *pop.companies]
    slots += [dice.weighted(pop.companies, weights) for _ in range(count - len(slots))]
    made: list[Job] = []
    for number, company in enumerate(slots):
        own = pop.dice("worker", number)
        at_office = company.office is not None and own.chance(company.office_share)
        arrangement = "remote" if not at_office else own.pick(("hybrid", "hybrid", "onsite"))
        home = people.home(own, pop.internet, company.office_place if at_office else None)
        who = people.person(own, pop.internet, pop.phones, f"G{number}", home)
        made.append(hire(pop, own, company, who, arrangement))
    pop.jobs += made
    _happen(pop, dice, made)
    _use_vpns(pop, made)
    _label(pop, made)
    for number in range(round(len(made) * APPLICANTS)):
        _seek(pop, number)


def _happen(pop: Population, dice: Dice, made: list[Job]) -> None:
    free = [job for job in dice.shuffled(made) if job.ended is None and job.started < LAST - 45]
    for circumstance in CIRCUMSTANCES:
        wanted = max(circumstance.sizes[0], round(circumstance.share * len(made)))
        waiting, number = _waiting(circumstance, free), 0
        while wanted > 0:
            own = pop.dice("circumstance", circumstance.name, number)
            group = _group(own, circumstance, waiting)
            if not group:
                break
            circumstance.happens(pop, own, group)
            for job in group:
                job.circumstance = circumstance.name
            wanted -= len(group)
            number += 1
        free = [job for job in free if job.circumstance != circumstance.name]


def _waiting(circumstance: Circumstance, free: list[Job]) -> list[_Queue]:
    """Those to whom it may happen, in queues of whom it may happen to together; each with a place among all."""
    queues: dict[object, _Queue] = {}
    for place, job in enumerate(free):
        if _may(job, circumstance.who):
            key: object = None
            if circumstance.together != "any":
                key = job.company if circumstance.together == "company" else job.person.home.place.index
            queues.setdefault(key, deque()).append((place, job))
    return list(queues.values())


def _group(dice: Dice, circumstance: Circumstance, waiting: list[_Queue]) -> list[Job]:
    """The next group from those left; smaller than wanted, but never alone, where there are too few."""
    low, high = circumstance.sizes
    size = dice.between(low, high)
    queues = sorted((queue for queue in waiting if queue), key=lambda queue: queue[0][0])
    if low == 1:
        chosen, size = queues[:1], 1
    elif circumstance.together == "any":
        chosen = queues
    else:
        large = [queue for queue in queues if len(queue) >= size] or sorted(queues, key=len)[-1:]
        chosen = [dice.pick(large)] if large else []
    if not chosen or len(chosen[0]) < min(low, 2):
        return []
    return [chosen[0].popleft()[1] for _ in range(min(size, len(chosen[0])))]


def _may(job: Job, who: str) -> bool:
    if who == "remote":
        return job.arrangement == "remote"
    if who == "office":
        return job.arrangement != "remote"
    if who == "applied":
        return job.application is not None and job.application.resume is not None
    return True


def _use_vpns(pop: Population, made: list[Job]) -> None:
    """A commercial VPN comes on top of whatever else is true of somebody."""
    for job in made:
        dice = pop.dice("vpn", job.company, job.worker_id)
        if job.arrangement == "remote" and job.hypothesis == "genuine" and dice.chance(journeys.VPN):
            journeys.vpn(pop, dice, [job])
            if job.circumstance == "none":
                job.circumstance = "vpn"


def _label(pop: Population, made: list[Job]) -> None:
    """Names what happens to people of itself: where they work and what their provider does."""
    for job in made:
        company = pop.companies[job.company]
        if job.circumstance != "none" or (job.ended or LAST) < FIRST:
            continue
        if job.person.home.line.was_recycled:
            job.circumstance = "recycled_address"
        elif company.gateway is not None:
            job.circumstance = "company_proxy"
        elif company.build_key and company.has_git and job.is_developer:
            job.circumstance = "build_key"


def _seek(pop: Population, number: int) -> None:
    """An honest applicant who is not hired, or not yet."""
    dice = pop.dice("applicant", number)
    company = dice.pick(pop.companies)
    home = people.home(dice, pop.internet)
    who = people.person(dice, pop.internet, pop.phones, f"A{number}", home)
    job = hire(pop, dice, company, who, "remote")
    as_applicant(job, dice.between(FIRST + 40, LAST + 7))
    apply(pop, dice, job, company, dice.pick(("screening", "interview", "declined", "withdrawn")))
    job.interviews = [talk for talk in job.interviews if day_of(talk.second) <= LAST]
    pop.jobs.append(job)
