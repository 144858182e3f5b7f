"""GitHub audit log as an organisation streams it, with Git events. The actor is a handle; the account's work e-mail
comes in `external_identity_nameid`, its address only where the organisation switched that on.
"""

from collections.abc import Iterator

from bonafides.simulate.calendar import FIRST, LAST, day_of, midnight
from bonafides.simulate.chance import Dice
from bonafides.simulate.companies import Company
from bonafides.simulate.people import Job
from bonafides.simulate.sessions import Session

ACTIVE = 0.42  # share of a developer's sessions with a logged Git action
CLEARED = 0.15  # share of a cleared developer's actions that concern guarded repositories
_ACTIONS = ("git.fetch", "git.push", "git.clone", "pull_request.create", "pull_request.merge", "repo.download_zip")
_WEIGHTS = (4.0, 4.0, 0.6, 1.0, 0.8, 0.04)


def lines(seed: int, company: Company, job: Job, sessions: list[Session]) -> Iterator[tuple[int, str]]:
    """Events of one account: (milliseconds, line)."""
    dice = Dice(seed, "github", company.index, job.worker_id)
    number = 1_000_000 + dice.below(80_000_000)
    guarded = [name for name, _, _ in company.assets]
    if job.is_developer:
        for session in sessions:
            if session.machine == "phone" or not dice.chance(ACTIVE):
                continue
            ms = (session.start + dice.below(max(1, session.end - session.start))) * 1000 + dice.below(1000)
            action = dice.weighted(_ACTIONS, _WEIGHTS)
            repository = dice.pick(company.repositories)
            if guarded and job.us_person and dice.chance(CLEARED):
                repository = dice.pick(guarded)
            country = session.address.country
            yield ms, _line(dice, company, job, number, ms, action, repository, session.ip, country, "git/2.49.0")
    for act in job.acts:
        if act.service != "github":
            continue
        for index, target in enumerate(act.targets):
            ms = (act.second + index * act.spread // max(1, len(act.targets))) * 1000 + dice.below(1000)
            address = act.line.on(day_of(ms / 1000), dice)
            if midnight(FIRST) * 1000 <= ms < midnight(LAST + 1) * 1000:
                ip = address.seen_as(act.second)
                yield ms, _line(dice, company, job, number, ms, act.action, target, ip, address.country, act.agent)


def _line(
    dice: Dice,
    company: Company,
    job: Job,
    number: int,
    ms: int,
    action: str,
    repository: str,
    ip: str,
    country: str,
    agent: str,
) -> str:
    shown = f'"actor_ip":"{ip}","actor_location":{{"country_code":"{country}"}},' if company.github_ip else ""
    former = job.former_email
    login = former[0] if former and ms < midnight(former[1]) * 1000 else job.email
    transport = (
        f'"transport_protocol":{1 + number % 2},"transport_protocol_name":"{("http", "ssh")[number % 2]}",'
        if action.startswith("git.")
        else '"operation_type":"create",'
    )
    return (
        f'{{"@timestamp":{ms},"_document_id":"{dice.hexes(22)}","action":"{action}","actor":"{job.handle}",'
        f'"actor_id":{number},{shown}"business":"{company.slug}","created_at":{ms},'
        f'"external_identity_nameid":"{login}","external_identity_username":"{login}",'
        f'"org":"{company.slug}","org_id":{company.organisation_id},"repo":"{company.slug}/{repository}",'
        f'"repository":"{company.slug}/{repository}","repository_public":false,{transport}'
        f'"user":"{job.handle}","user_agent":"{agent}"}}'
    )
