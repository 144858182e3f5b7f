"""Builds a whole synthetic world and writes it: exports as companies would hand them in, and the truth beside them."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from bonafides.errors import BadSettings
from bonafides.simulate import exports, truth
from bonafides.simulate.exports import Order
from bonafides.simulate.people import Job
from bonafides.simulate.scenarios import SCENARIOS, build


@dataclass(frozen=True, slots=True)
class WorldSummary:
    """What was written. Units: `wages` in US dollars; `events` counts raw log lines by source."""

    target: Path
    scenario: str
    companies: int
    workers: int
    applicants: int
    stand_ins: int
    identities: int
    networks: int
    facilitators: int
    companies_hit: int
    wages: float
    events: dict[str, int]


def _silent(_: str) -> None:
    """Says nothing."""


def simulate(
    target: Path,
    scenario: str,
    seed: int = 1,
    scale: float = 1.0,
    progress: Callable[[str], None] = _silent,
    processes: int = 2,
) -> WorldSummary:
    """Writes a synthetic world under a folder: `exports/<company>/…`, `truth.csv`, `truth.json`.

    Shape: `scenario` is one of the simulator's (docs/api.md); `scale` shrinks or grows the honest population.
    Raises: BadSettings when the scenario is unknown, the scale not positive, the seed negative, or the folder holds
    exports already.
    Why: the same scenario, seed and scale give the same bytes, whatever the number of processes.
    """
    if scenario not in SCENARIOS:
        raise BadSettings(f"no scenario {scenario!r}: one of {', '.join(sorted(SCENARIOS))}")
    if not scale > 0:
        raise BadSettings(f"scale must be above 0, not {scale}")
    if seed < 0:
        raise BadSettings(f"seed must not be below 0, and is {seed}")
    if (target / "exports").exists():
        raise BadSettings(f"{target / 'exports'} exists already: choose an empty folder")
    progress(f"imagining {scenario}")
    population = build(scenario, seed, scale)
    by_company: dict[int, list[Job]] = {}
    for job in population.jobs:
        by_company.setdefault(job.company, []).append(job)
    orders = [
        Order(target, seed, company, by_company[company.index])
        for company in population.companies
        if company.index in by_company
    ]
    events: dict[str, int] = {}
    for number, counts in enumerate(_written(orders, processes), start=1):
        for source, count in counts.items():
            events[source] = events.get(source, 0) + count
        if number % 25 == 0 or number == len(orders):
            progress(f"wrote {number} of {len(orders)} companies")
    totals = truth.write(target, population, scenario, seed, scale, events)
    progress("wrote the truth")
    return WorldSummary(target=target, scenario=scenario, events=dict(sorted(events.items())), **totals)


def _written(orders: list[Order], processes: int) -> list[dict[str, int]]:
    if processes <= 1 or len(orders) == 1:
        return [exports.write(order) for order in orders]
    # Forked children only format and compress text. (Spawned ones would have to import the caller's main module.)
    # Large companies first, so that the last one does not keep everybody waiting.
    largest = sorted(orders, key=lambda order: -len(order.jobs))
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        return list(pool.map(exports.write, largest))
