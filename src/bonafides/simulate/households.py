"""Honest people under one roof or of one family."""

from dataclasses import replace

from bonafides.simulate.calendar import DAY_SECONDS, LAST, midnight
from bonafides.simulate.chance import Dice
from bonafides.simulate.people import Factor, Home, Job, Payee, Postal
from bonafides.simulate.population import Population

# 05-facts, section 4: household sharing 3-6 % of remote staff (assumption there; unsourced). Split between kinds of
# household by assumption.
COUPLE = 0.016
JOINT_ACCOUNT = 0.016
FLATMATE = 0.014
FAMILY_PLAN = 0.006  # assumption: siblings or parents on one phone plan, one number given by several
STALE_ADDRESS = 0.25  # assumption: one of a couple has not told HR about the common home
BACKUP_PHONE = 0.1  # assumption: a partner's phone enrolled as a second factor
WITH_UNIT = 0.25  # assumption: one writes the door number, the other does not


def share_home(dice: Dice, jobs: list[Job]) -> None:
    """Everybody lives where the first one lives; some write the door number, others do not."""
    first = jobs[0]
    for job in jobs[1:]:
        claimed = first.claimed
        if dice.chance(WITH_UNIT):
            door = f"{dice.pick(('Apt', 'Unit', '#'))} {dice.between(1, 30)}"
            claimed = replace(claimed, street=f"{claimed.street} {door}")
        move_in(job, first.person.home, claimed)


def move_in(job: Job, home: Home, claimed: Postal) -> None:
    """Somebody lives in that home and has always said so, with this spelling."""
    old = job.person.home.line
    for stay in job.stays:
        if stay.line is old:
            stay.line = home.line
    for factor in job.factors:
        if factor.line is old:
            factor.line = home.line
    for talk in job.interviews:
        if talk.line is old:
            talk.line = home.line
    if job.application is not None:
        if job.application.line is old:
            job.application.line = home.line
        if job.application.address is not None:
            job.application.address = claimed
    for parcel in job.parcels:
        parcel.address, parcel.redirected = claimed, None
    job.person.home = home
    job.claimed = claimed
    job.hours.utc_minutes = home.place.utc_minutes


def couple(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Two partners who work from one home."""
    before = jobs[1].claimed
    share_home(dice, jobs)
    if dice.chance(STALE_ADDRESS):
        jobs[1].claimed = before
    if dice.chance(BACKUP_PHONE):
        _backup(dice, jobs[0], jobs[1].phone)


def joint_account(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Two partners whose wages go to one account."""
    couple(pop, dice, jobs)
    one = jobs[0].payees[0]
    families = " & ".join(dict.fromkeys(job.person.given for job in jobs))
    holder = f"{families} {jobs[0].person.family}"
    if dice.chance(0.3) and jobs[1].started < LAST - 90:
        # They moved to the joint account some time after both were hired.
        since = dice.between(LAST - 85, LAST - 5)
        for job in jobs:
            job.payees.append(Payee(since, "ach", one.routing, f"acct_{jobs[0].person.token[4:]}", holder))
        return
    for job in jobs:
        job.payees = [Payee(job.payees[0].since, "ach", one.routing, one.account, holder)]


def flatmates(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Two to four people who share a flat and its line, nothing else."""
    share_home(dice, jobs)


def family_plan(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Relatives of different homes who give the family's number, or enrol each other's phone."""
    number = jobs[0].phone
    for job in jobs[1:]:
        if dice.chance(0.5):
            job.phone = number
            if job.application is not None:
                job.application.phone = number
        _backup(dice, job, number)


def _backup(dice: Dice, job: Job, number: str | None) -> None:
    day = dice.between(max(job.started, LAST - 400), LAST)
    second = midnight(day) + dice.between(13 * 3600, DAY_SECONDS - 3600)
    job.factors.append(Factor(second, "added", "sms", number, None, job.person.home.line))
