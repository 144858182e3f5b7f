"""Honest people away from the usual place, or on a line that others use too."""

from dataclasses import replace

from bonafides.simulate import people
from bonafides.simulate.calendar import FIRST, LAST
from bonafides.simulate.chance import Dice
from bonafides.simulate.internet import Line
from bonafides.simulate.people import Job, Stay
from bonafides.simulate.places import ABROAD, US, kilometres
from bonafides.simulate.population import Population

# Assumptions unless said otherwise.
TRAVELLER = 0.04
HOTEL = 0.008
CONFERENCE = 0.012
MOVER = 0.012
NIGHT_OWL = 0.02
CARRIER_SHARED = 0.02
NOMAD = 0.006
# 05-facts, section 4: personal VPN 10-30 % of remote staff (assumption there). Most use it now and then.
VPN = 0.12
VPN_ALWAYS = 0.15  # of those
HR_KNOWS_MOVE = 0.4
NOMAD_HIDES = 0.3  # behind a VPN exit near the claimed home
_AWAY = 60.0  # weight that makes a trip outweigh every usual stay


def _trip(job: Job, line: Line, first: int, last: int) -> None:
    job.stays.append(Stay(first, last, line, _AWAY))


def traveller(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """One to three trips of some days, each to a hotel of its own."""
    for _ in range(dice.between(1, 3)):
        first = dice.between(FIRST, LAST - 4)
        place = dice.pick(ABROAD) if dice.chance(0.2) else dice.weighted(US, [p.weight for p in US])
        _trip(jobs[0], pop.internet.fixed("hotel", place), first, first + dice.between(1, 9))


def hotel(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Strangers in the same hotel in the same days."""
    line = pop.internet.fixed("hotel", dice.weighted(US, [p.weight for p in US]))
    first = dice.between(FIRST + 3, LAST - 8)
    for job in jobs:
        begin = first + dice.between(-2, 2)
        _trip(job, line, begin, begin + dice.between(2, 5))


def conference(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """People of many companies at one conference: three days on its network."""
    line = pop.internet.fixed("hotel", dice.pick(US[:30]), 0, 2)
    first = dice.between(FIRST + 3, LAST - 8)
    for job in jobs:
        _trip(job, line, first, first + 2)


def mover(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Moves house within the quarter; HR hears of it late or not yet."""
    job = jobs[0]
    day = dice.between(FIRST + 10, LAST - 10)
    same_city = dice.chance(0.6)
    new = people.home(dice, pop.internet, job.person.home.place if same_city else None)
    old = job.person.home.line
    for stay in list(job.stays):
        if stay.line is old:
            job.stays.append(Stay(day, stay.last, new.line, stay.share, stay.machine, stay.extra))
            stay.last = day - 1
    if dice.chance(HR_KNOWS_MOVE):
        job.claimed = new.postal


def night_owl(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Works late: begins in the afternoon and ends at night."""
    jobs[0].hours.start += dice.real(4.0, 9.0)
    jobs[0].hours.weekend = 0.15


def carrier_shared(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """A home line behind carrier-grade address translation: strangers in the region show the same address."""
    job = jobs[0]
    line = pop.internet.fixed_wireless(dice, job.person.home.place)
    old = job.person.home.line
    for stay in job.stays:
        if stay.line is old:
            stay.line = line
    job.person.home.line = line


def vpn(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Uses a commercial VPN, now and then or always."""
    always = dice.chance(VPN_ALWAYS)
    for _ in range(dice.between(1, 2)):
        share = dice.real(4.0, 12.0) if always else dice.real(0.04, 0.3)
        jobs[0].stays.append(Stay(FIRST, LAST, pop.internet.vpn(dice), share))


def nomad(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """The right person, for a long time in a place HR does not know of."""
    job = jobs[0]
    job.hypothesis = "elsewhere"
    home = job.person.home
    far = [p for p in US if kilometres(p, home.place) > 900.0]
    place = dice.pick(ABROAD) if dice.chance(0.7) else dice.pick(far)
    line = pop.internet.abroad(dice, place) if place.country != "US" else pop.internet.home(dice, place)
    first = FIRST if dice.chance(0.5) else FIRST + dice.between(5, 30)
    last = LAST if dice.chance(0.7) else LAST - dice.between(3, 15)
    if dice.chance(NOMAD_HIDES):
        _trip(job, pop.internet.vpn(dice, None, home.place), first, last)
        job.stays.append(Stay(first, last, line, _AWAY * 0.12))
    else:
        _trip(job, line, first, last)
        if dice.chance(0.4):
            # A week at another place on the way.
            middle = dice.between(first, last - 6)
            job.stays.append(Stay(middle, middle + 6, pop.internet.abroad(dice, dice.pick(ABROAD)), _AWAY * 8))
    for stay in list(job.stays):
        if stay.machine == "phone":
            # The telephone travels along, and was at home before and after.
            job.stays.append(replace(stay, first=first, last=last, line=line))
            job.stays.append(replace(stay, first=last + 1))
            stay.last = first - 1
    if dice.chance(0.5):
        job.hours.utc_minutes = place.utc_minutes
