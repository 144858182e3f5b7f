"""Version-control history, one JSON object a commit as `git log` prints it with the project's documented format."""

from collections.abc import Iterator

from bonafides.simulate.calendar import clock, day_of, iso_day
from bonafides.simulate.chance import Dice
from bonafides.simulate.companies import Company
from bonafides.simulate.people import Job
from bonafides.simulate.sessions import Session

ACTIVE = 0.4  # share of a developer's sessions with a commit on a branch that is kept


def lines(seed: int, company: Company, job: Job, sessions: list[Session]) -> Iterator[tuple[str, int, str]]:
    """Commits of one author: (repository, second, line)."""
    if not job.is_developer:
        return
    dice = Dice(seed, "git", company.index, job.worker_id)
    mine = dice.shuffled(company.repositories)[:3]
    offset = job.hours.utc_minutes if job.commit_minutes is None else job.commit_minutes
    for session in sessions:
        if session.machine == "phone" or not dice.chance(ACTIVE):
            continue
        second = session.start + dice.below(max(1, session.end - session.start))
        repository = dice.pick(mine)
        key = job.signing_key or ""
        if company.build_key and dice.chance(0.25):
            key = company.build_key
        authored = _stamp(second - dice.below(3000), offset)
        yield (
            repository,
            second,
            f'{{"commit":"{dice.hexes(40)}","author_name":"{job.given} {job.family}","author_email":"{job.email}",'
            f'"authored":"{authored}","committed":"{_stamp(second, offset)}","signing_key":"{key}",'
            f'"repository":"{repository}"}}',
        )


def _stamp(second: int, offset: int) -> str:
    local = second + offset * 60
    sign = "-" if offset < 0 else "+"
    hours, minutes = divmod(abs(offset), 60)
    return f"{iso_day(day_of(local))}T{clock(local)}{sign}{hours:02d}:{minutes:02d}"
