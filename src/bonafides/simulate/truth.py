"""What is true of the world: one row a subject, and totals."""

import json
from pathlib import Path
from typing import TypedDict

from bonafides.simulate import files, records
from bonafides.simulate.population import Population

COLUMNS = (
    "company", "subject_id", "subject_kind", "hypothesis", "circumstance", "network", "facilitator", "name_group",
    "wages", "assets_touched", "person", "style",
)  # fmt: skip


class Totals(TypedDict):
    """Numbers of the whole world. Units: `wages` in US dollars paid to stand-ins."""

    companies: int
    workers: int
    applicants: int
    stand_ins: int
    identities: int
    networks: int
    facilitators: int
    companies_hit: int
    wages: float


def write(
    target: Path, population: Population, scenario: str, seed: int, scale: float, events: dict[str, int]
) -> Totals:
    """Writes truth.csv and truth.json and says the totals."""
    rows: list[tuple[files.Cell, ...]] = []
    engaged = []
    wages_taken = 0.0
    circumstances: dict[str, int] = {}
    for job in sorted(population.jobs, key=lambda j: (population.companies[j.company].slug, j.subject_id)):
        company = population.companies[job.company]
        wages = round(sum(amount for _, amount, _ in records.payments(company, job)), 2)
        rows.append(
            (
                company.slug,
                job.subject_id,
                "worker" if job.is_worker else "applicant",
                job.hypothesis,
                job.circumstance,
                job.network,
                job.facilitator,
                job.person.group,
                wages,
                ";".join(sorted(job.assets)),
                job.person.key,
                population.styles.get(job.network, ""),
            )
        )
        circumstances[job.circumstance] = circumstances.get(job.circumstance, 0) + 1
        if job.hypothesis == "stand_in" and job.is_worker:
            engaged.append(job)
            wages_taken += wages
    files.write_table(target / "truth.csv", COLUMNS, rows)
    totals = Totals(
        companies=len({job.company for job in population.jobs}),
        workers=sum(job.is_worker for job in population.jobs),
        applicants=sum(not job.is_worker for job in population.jobs),
        stand_ins=len(engaged),
        identities=len({job.person.key for job in engaged}),
        networks=len({job.network for job in engaged}),
        facilitators=len({job.facilitator for job in engaged}),
        companies_hit=len({job.company for job in engaged}),
        wages=round(wages_taken, 2),
    )
    whole = {
        "scenario": scenario,
        "seed": seed,
        "scale": scale,
        **totals,
        "events": dict(sorted(events.items())),
        "circumstances": dict(sorted(circumstances.items())),
    }
    (target / "truth.json").write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    return totals
