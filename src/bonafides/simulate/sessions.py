"""When and from where somebody was at work: the one truth that every log of a person is written from."""

from dataclasses import dataclass

from bonafides.simulate.calendar import DAY_SECONDS, FIRST, HOLIDAYS, LAST, midnight, weekday
from bonafides.simulate.chance import Dice
from bonafides.simulate.internet import Address
from bonafides.simulate.people import Hours, Job, Stay

VACATION = 0.35  # assumption: share of people away for a week in a quarter
EVENING = 0.06  # assumption: working days with a short second session


@dataclass(frozen=True, slots=True)
class Session:
    """A stretch of work from one address on one machine (laptop, phone or own).

    Units: seconds since 1970.
    """

    start: int
    end: int
    day: int
    address: Address
    ip: str
    machine: str


def sessions(seed: int, job: Job) -> list[Session]:
    """All of somebody's sessions within the days that logs cover, in order of time."""
    if not job.stays:
        return []
    dice = Dice(seed, "sessions", job.company, job.worker_id)
    away = dice.between(FIRST, LAST - 7) if dice.chance(VACATION) else LAST + 1
    first, last = max(FIRST, job.started), min(LAST, job.ended or LAST)
    found: list[Session] = []
    for day in range(first, last + 1):
        is_working = _works(dice, job.hours, day) and not away <= day < away + 7
        here = [s for s in job.stays if s.first <= day <= s.last and (is_working or s.by_others)]
        if not here:
            continue
        start, end = _span(seed, dice, job.hours, day)
        main = [s for s in here if not s.extra]
        if main:
            stay = main[0] if len(main) == 1 else dice.weighted(main, [s.share for s in main])
            found.append(_session(dice, stay, day, start, end))
            if dice.chance(EVENING):
                late = end + dice.between(3600, 9000)
                found.append(_session(dice, stay, day, late, late + dice.between(900, 4000)))
        for stay in here:
            if stay.extra and dice.chance(stay.share):
                begin = dice.between(start - 1800, max(start, end - 3600)) + int(stay.shift * 3600)
                found.append(_session(dice, stay, day, begin, begin + dice.between(600, 7200)))
    found.sort(key=lambda s: (s.start, s.machine))
    return found


def _works(dice: Dice, hours: Hours, day: int) -> bool:
    if day in HOLIDAYS:
        return dice.chance(hours.holidays)
    return dice.chance(hours.weekend if weekday(day) >= 5 else hours.attendance)


def _span(seed: int, dice: Dice, hours: Hours, day: int) -> tuple[int, int]:
    start = hours.start + dice.normal(0.0, hours.jitter)
    if hours.shared_with is not None:
        # One person behind several names: the days begin and end together, a few minutes apart.
        common = Dice(seed, "operator", hours.shared_with, day)
        start = hours.start + common.normal(0.0, 0.7) + dice.real(0.0, 0.5)
    begin = midnight(day) + int(start * 3600) - hours.utc_minutes * 60
    return begin, begin + int(max(1.0, hours.length + dice.normal(0.0, 0.6)) * 3600)


def _session(dice: Dice, stay: Stay, day: int, start: int, end: int) -> Session:
    address = stay.line.on(day, dice)
    salt = dice.below(1 << 40) if address.ip.endswith("::") else 0
    return Session(start, min(end, start + DAY_SECONDS), day, address, address.seen_as(salt), stay.machine)
