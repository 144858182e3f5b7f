"""The worlds that can be asked for, and how one is put together."""

from dataclasses import dataclass

from bonafides.simulate import companies, gaps, households, innocents, networks, standins
from bonafides.simulate.chance import Dice
from bonafides.simulate.internet import Internet
from bonafides.simulate.networks import Network, Size
from bonafides.simulate.people import Job, PhoneBook
from bonafides.simulate.population import Population


@dataclass(frozen=True, slots=True)
class Scenario:
    """How large a world is. Shape: `hit` is how many companies the networks reach; `has_gaps` says that every company
    lacks something of its exports.
    """

    companies: int
    workers: int
    networks: tuple[Size, ...]
    hit: int
    has_gaps: bool = False


SCENARIOS: dict[str, Scenario] = {
    "reference": Scenario(150, 6_000, networks.REFERENCE, 106),
    "company": Scenario(1, 2_000, networks.ONE_COMPANY, 1),
    "quiet": Scenario(40, 4_000, (), 0),
    "careless": Scenario(60, 3_000, networks.CARELESS_ONES, 45),
    "brokered": Scenario(60, 3_000, networks.BROKERED_ONES, 45),
    "careful": Scenario(60, 3_000, networks.CAREFUL_ONES, 45),
    "most_careful": Scenario(60, 3_000, networks.MOST_CAREFUL_ONES, 45),
    "gaps": Scenario(60, 3_000, networks.BROKERED_ONES, 45, has_gaps=True),
}


def build(name: str, seed: int, scale: float) -> Population:
    """The world of a scenario, not yet written."""
    scenario = SCENARIOS[name]
    dice = Dice(seed, "world", name)
    internet = Internet(seed)
    population = Population(seed, internet, PhoneBook(dice), _companies(dice, internet, scenario))
    innocents.settle(population, max(2 * scenario.companies, round(scenario.workers * scale)))
    rings = [
        networks.found(population.dice("ring", number), internet, population.phones, f"N{number + 1}", size)
        for number, size in enumerate(scenario.networks)
    ]
    population.styles = {ring.key: ring.style.name for ring in rings}
    if rings:
        _infiltrate(population, dice, rings, scenario)
        _lodge(population, dice, rings[0])
    _name_managers(population)
    return population


def _companies(dice: Dice, internet: Internet, scenario: Scenario) -> list[companies.Company]:
    slugs = companies.slugs(dice, scenario.companies)
    sizes = [dice.lognormal(1.0, 0.8) for _ in slugs]
    total = sum(sizes)
    found = []
    for index, (slug, size) in enumerate(zip(slugs, sizes, strict=True)):
        people_there = max(2, round(scenario.workers * size / total))
        company = companies.found(Dice(dice.below(1 << 30), "company", slug), internet, index, people_there, slug)
        if scenario.has_gaps:
            gaps.open_up(dice, company)
        found.append(company)
    if scenario.companies == 1:
        innocents.open_everything(found[0])
    return found


def _infiltrate(population: Population, dice: Dice, rings: list[Network], scenario: Scenario) -> None:
    """Places every network's personas: most companies see one, some two or three."""
    hit = dice.shuffled(population.companies)[: scenario.hit]
    total = sum(sum(f.capacity for f in ring.facilitators) for ring in rings)
    chosen = (hit + [dice.pick(hit) for _ in range(total)])[:total] if hit else []
    chosen = dice.shuffled(chosen)
    engaged: list[Job] = []
    for ring in rings:
        seats = sum(f.capacity for f in ring.facilitators)
        engaged += standins.employ(population, ring, chosen[:seats])
        chosen = chosen[seats:]
    population.jobs += engaged
    # 05-facts: networks hand in up to sixty applications a day; most lead to nothing.
    for number in range(len(engaged) // 3):
        population.jobs.append(standins.seek(population, dice.pick(rings), number, dice.pick(population.companies)))
    _take(population, dice, engaged, rings)


def _take(population: Population, dice: Dice, engaged: list[Job], rings: list[Network]) -> None:
    """A few personas take what they can reach; at least one each of the kinds of loss in the public cases."""
    styles = {ring.key: ring.style for ring in rings}
    wanted = ["wallet-keys", "wallet-keys", "ITAR", "EAR", "secret"] if len(engaged) > 10 else ["secret"]
    for job in dice.shuffled(engaged):
        company = population.companies[job.company]
        guarded = {control: name for name, _, control in company.assets}
        found = next((control for control in wanted if control in guarded and company.has_github), None)
        if found is not None:
            wanted.remove(found)
            standins.take(dice, job, company, (guarded[found],))
        elif dice.chance(styles[job.network].exfiltrates):
            standins.take(dice, job, company, ())


def _lodge(population: Population, dice: Dice, ring: Network) -> None:
    """One honest worker lodges with a facilitator and knows nothing: same address, same line."""
    keeper = ring.facilitators[-1]
    free = [
        job
        for job in population.jobs
        if job.is_worker
        and job.circumstance == "none"
        and job.hypothesis == "genuine"
        and job.arrangement == "remote"
        and job.ended is None
        and population.companies[job.company].gateway is None
    ]
    if free:
        job = dice.pick(free)
        households.move_in(job, keeper.home, keeper.home.postal)
        job.circumstance = "farm_lodger"


def _name_managers(population: Population) -> None:
    """Everybody but the longest serving reports to one of a company's longest serving people."""
    by_company: dict[int, list[Job]] = {}
    for job in population.jobs:
        if job.is_worker:
            by_company.setdefault(job.company, []).append(job)
    for index, jobs in by_company.items():
        dice = population.dice("managers", index)
        bosses = sorted(jobs, key=lambda j: (j.started, j.worker_id))[: max(1, len(jobs) // 9)]
        for job in jobs:
            boss = dice.pick(bosses)
            job.manager = None if boss is job else boss.worker_id
