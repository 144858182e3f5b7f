"""Things that happen to honest people, or that they do and do not tell."""

from bonafides.simulate import equipment, names
from bonafides.simulate.calendar import DAY_SECONDS, FIRST, LAST, midnight
from bonafides.simulate.chance import Dice
from bonafides.simulate.people import Act, Factor, Job, Payee, Stay, Tool
from bonafides.simulate.places import ABROAD
from bonafides.simulate.population import Population, hire, own_account

# base_rates.yaml: 5.1-5.5 % of employed people have more than one job (mostly part-time and known). A second
# full-time remote job in conflict, seen at two companies of this world: assumption.
MOONLIGHTER = 0.005
ACCOUNT_TAKEOVER = 0.0025  # assumption
NAME_CHANGE = 0.005  # assumption
NEW_ACCOUNT = 0.03  # assumption: people change banks about once in ten years, more often with a new job
OWN_REMOTE_TOOL = 0.02  # assumption: helps parents, reaches the own computer at home
HOME_LAB = 0.002  # assumption: hobbyists with a KVM on their desk
NEW_LAPTOP = 0.012  # assumption: replaced within the quarter, all work copied anew


def moonlighter(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """A second full-time job that neither employer knows of: same person, home and account, two laptops."""
    first = jobs[0]
    others = [c for c in pop.companies if c.index != first.company]
    if not others:
        # The other employer is outside this world: what is left to see is a person often elsewhere.
        first.hypothesis = "overextended"
        first.hours.attendance, first.camera_share = 0.8, 0.1
        first.tools.append(Tool("Caffeine", FIRST - 60, 0.5))
        return
    second = hire(pop, dice, dice.pick(others), first.person, "remote")
    second.ended = None
    second.circumstance = "moonlighter"
    second.phone = first.phone
    account = first.payees[-1]
    second.payees = [Payee(second.started, account.method, account.routing, account.account, account.holder)]
    for job in (first, second):
        job.hypothesis = "overextended"
    second.hours.start = first.hours.start + dice.real(0.0, 1.0)
    pop.jobs.append(second)


def account_takeover(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Strangers use the account for a few days, from far away, while its owner goes on at home."""
    job = jobs[0]
    job.hypothesis = "hijacked"
    company = pop.companies[job.company]
    day = dice.between(max(FIRST + 5, job.started + 2), LAST - 6)
    line = pop.internet.abroad(dice, dice.pick(ABROAD)) if dice.chance(0.5) else pop.internet.vpn(dice)
    if line.kind == "vpn" and dice.chance(0.5):
        line = pop.internet.fixed("hosting", dice.pick(ABROAD), 0)
    job.own_agent = equipment.agent(dice, dice.pick(("macOS", "Windows")))
    second = midnight(day) + dice.between(0, DAY_SECONDS - 1)
    shift = dice.real(-9.0, 9.0)
    job.stays.append(Stay(day, day + dice.between(1, 4), line, 0.95, "own", True, shift, by_others=True))
    # Who changes a factor has signed in, about then.
    job.stays.append(Stay(day, day, line, 1.0, "own", True, -shift, by_others=True))
    job.factors.append(Factor(second, "added", "push", None, None, line))
    if dice.chance(0.6):
        number = pop.phones.number(dice, job.person.home.place)
        job.factors.append(Factor(second + 300, "added", "sms", number, None, line))
    rule = ("move *invoice* to RSS Feeds",)
    job.acts.append(Act(second + 900, 60, "mail", "inbox_rule.create", rule, line, job.agent))
    job.acts.append(Act(second + 1800, 1200, "drive", "download", _documents(dice, 12), line, job.agent, 480_000_000))
    if job.is_developer and company.has_github:
        job.acts.append(Act(second + 2400, 600, "github", "git.clone", company.repositories, line, "git/2.39.1"))


def _documents(dice: Dice, count: int) -> tuple[str, ...]:
    return tuple(f"document-{dice.hexes(6)}.docx" for _ in range(count))


def name_change(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """A new family name and work address: the former one is in HR as a second row and in older logs."""
    job = jobs[0]
    new = names.family_name(dice, job.person.group)
    day = dice.between(FIRST + 5, LAST - 10)
    job.former_email, job.former_family = (job.email, day), job.family
    job.email = pop.mailbox(job.given, new, pop.companies[job.company])
    job.family = new
    if dice.chance(0.5):
        old = job.payees[-1]
        job.payees.append(Payee(day + 12, old.method, old.routing, old.account, f"{job.given} {new}"))


def new_account(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Changed banks within the last half year."""
    since = dice.between(max(jobs[0].started + 1, LAST - 180), LAST - 2)
    jobs[0].payees.append(own_account(dice, jobs[0], since))


def own_remote_tool(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """Runs a remote-access program for the family's computers or to reach the own one."""
    name = dice.weighted(
        ("AnyDesk", "TeamViewer", "Chrome Remote Desktop", "RustDesk", "Parsec"), (3.0, 3.0, 3.0, 1.0, 1.0)
    )
    jobs[0].tools.append(Tool(name, FIRST - dice.between(-40, 300), dice.real(0.03, 0.3)))


def home_lab(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """A hobbyist with a KVM on the own desk: a plain switch, or an IP-KVM for the server in the cupboard."""
    if dice.chance(0.5):
        seen = equipment.kvm(dice, "open", FIRST - 100)
        jobs[0].attachments += seen if dice.chance(0.3) else seen[:1]
    else:
        jobs[0].attachments.append(equipment.switch(dice))


def new_laptop(pop: Population, dice: Dice, jobs: list[Job]) -> None:
    """A replacement laptop, a renewed factor, and every repository cloned again in an hour."""
    job = jobs[0]
    company = pop.companies[job.company]
    day = dice.between(max(FIRST + 3, job.started + 30), LAST - 5)
    job.laptops[-1].returned = day + dice.between(1, 6)
    job.laptops.append(equipment.laptop(dice, company.slug, company.device_trust, day))
    second = midnight(day) + 14 * 3600 + dice.between(0, 4 * 3600)
    line = next(s.line for s in job.stays if s.machine == "laptop")
    job.factors.append(Factor(second, "added", "push", job.phone, None, line))
    if job.is_developer and company.has_github:
        job.acts.append(Act(second + 3600, 2400, "github", "git.clone", company.repositories, line, "git/2.49.0"))
