"""Write a synthetic world in vendor formats, with its truth beside it."""

from dataclasses import asdict
from pathlib import Path

import click

from bonafides import api
from bonafides.cli.base import DONE, as_json, progress, put, put_json, put_table

# Named here, so that help needs no simulator; a test compares.
SCENARIOS = ("reference", "company", "quiet", "careless", "brokered", "careful", "most_careful", "gaps")


@click.command("simulate")
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--scenario",
    type=click.Choice(SCENARIOS),
    default="reference",
    show_default=True,
    help="reference: many companies and the public case's networks; company: one company; quiet: no stand-in at all; "
    "careless, brokered, careful, most_careful: one style of network each; gaps: companies whose exports have holes.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another number, another world.")
@click.option("--scale", type=float, default=1.0, show_default=True, help="Size of the honest population.")
@as_json
def COMMAND(target: Path, scenario: str, seed: int, scale: float, is_json: bool) -> int:
    """Write a synthetic world under DIR: DIR/exports in vendor formats, DIR/truth.csv and DIR/truth.json.

    Everybody in it is invented. The same scenario, seed and scale give the same bytes.

    \b
    Examples:
      bonafides simulate demo
      bonafides simulate quiet-world --scenario quiet --seed 7
      bonafides simulate small --scale 0.1
    """
    world = api.simulate(target, scenario, seed=seed, scale=scale, say=progress(is_json))
    if is_json:
        put_json(asdict(world))
        return DONE
    put(f"{world.scenario}: {world.companies:,} companies, {world.workers:,} workers, {world.applicants:,} applicants")
    put(
        f"{world.stand_ins:,} engagements of {world.identities:,} identities by {world.networks:,} networks "
        f"({world.facilitators:,} facilitators) at {world.companies_hit:,} companies, ${world.wages:,.0f} in wages"
    )
    put_table(list(world.events.items()))
    put(f"exports: {world.target / 'exports'}")
    put(f"truth: {world.target / 'truth.csv'}")
    return DONE
