"""Writes one company's exports: raw logs a month a file, and its tables."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bonafides.simulate import commits, entra, fdr, files, gaps, github, okta, records
from bonafides.simulate.calendar import FIRST, LAST, day_of, iso_day
from bonafides.simulate.chance import Dice
from bonafides.simulate.companies import Company
from bonafides.simulate.people import Job
from bonafides.simulate.sessions import Session, sessions


@dataclass(frozen=True, slots=True)
class Order:
    """Everything needed to write one company's exports."""

    target: Path
    seed: int
    company: Company
    jobs: list[Job]


def write(order: Order) -> dict[str, int]:
    """Writes one company's exports and says how many raw events each log has.

    Why: a pure function of its order, so the number of processes cannot change a byte.
    """
    company = order.company
    root = order.target / "exports" / company.slug
    at_work = {job.worker_id: sessions(order.seed, job) for job in order.jobs if job.is_worker}
    counts: dict[str, int] = {}
    logs = {company.identity: okta.lines if company.identity == "okta_system_log" else entra.lines}
    if company.has_github:
        logs["github_audit_log"] = github.lines
    if company.has_endpoint:
        logs["crowdstrike_fdr"] = fdr.lines
    for source, lines in logs.items():
        events: list[tuple[int, str]] = []
        for job in order.jobs:
            if job.is_worker:
                # A wrong clock is the computers' own; services keep their time.
                skew = company.skew if source == "crowdstrike_fdr" else 0
                held = [replace(s, start=s.start + skew, end=s.end + skew) for s in at_work[job.worker_id]]
                events.extend(lines(order.seed, company, job, held))
        counts[source] = _write_log(order, root / source, source, events)
    if company.has_git:
        counts["git_log"] = _write_commits(order, root / "git_log", at_work)
    for name, columns, rows in records.tables(order.seed, company, order.jobs, at_work):
        named, told = gaps.holes(Dice(order.seed, "holes", company.index, name), company, columns, rows)
        files.write_table(root / "records" / f"{name}.{company.table_format}", named, told)
    return counts


def _write_log(order: Order, folder: Path, source: str, events: Iterable[tuple[int, str]]) -> int:
    """One file a month in order of time; some companies' exports come late or overlap."""
    company = order.company
    dice = Dice(order.seed, "files", company.index, source)
    late = day_of(0) if not company.late else FIRST + dice.between(20, 50)
    months: dict[str, list[tuple[int, str]]] = {}
    count = 0
    for ms, line in sorted(events):
        day = day_of(ms / 1000)
        if not FIRST <= day <= LAST:
            continue
        count += 1
        name = "late-delivery" if company.late and late <= day < late + 4 else iso_day(day)[:7]
        months.setdefault(name, []).append((ms, line))
        if company.overlap and iso_day(day).endswith(("-29", "-30", "-31")) and day < LAST - 3:
            # The next export began some days early: the same events come twice.
            following = iso_day(day + 5)[:7]
            months.setdefault(following, []).append((ms, line))
            count += 1
    for name, rows in sorted(months.items()):
        files.write_lines(folder / f"{name}.jsonl.gz", (line for _, line in rows))
    return count


def _write_commits(order: Order, folder: Path, at_work: dict[str, list[Session]]) -> int:
    repositories: dict[str, list[tuple[int, str]]] = {}
    for job in order.jobs:
        if job.is_worker:
            for repository, second, line in commits.lines(order.seed, order.company, job, at_work[job.worker_id]):
                if FIRST <= day_of(second) <= LAST:
                    repositories.setdefault(repository, []).append((second, line))
    for repository, rows in sorted(repositories.items()):
        # `git log` prints the newest first.
        files.write_lines(folder / f"{repository}.jsonl", (line for _, line in sorted(rows, reverse=True)))
    return sum(len(rows) for rows in repositories.values())
