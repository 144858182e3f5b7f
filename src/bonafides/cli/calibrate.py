"""Refit weights to people's decisions, and say how reliable probabilities are."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bonafides import api
from bonafides.cli.base import DONE, as_json, put, put_json, put_table, workspace

if TYPE_CHECKING:
    from bonafides.workflow.calibrate import Reliability


@click.command("calibrate")
@click.argument("decisions", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@workspace
@click.option(
    "--random-sample",
    "is_sample",
    is_flag=True,
    help="The decided were drawn at random from everybody, so that they tell how common each explanation is.",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write what was fitted as settings.")
@as_json
def COMMAND(decisions: Path, workspace: Path, is_sample: bool, out: Path | None, is_json: bool) -> int:
    """Refit weights to DECISIONS, a CSV with company, subject_id and decision, on subjects of the latest run.

    A decision is `bona fide`, `unresolved`, or the explanation that was found right (elsewhere, overextended, hijacked,
    stand_in). Weights are held to the catalogue's by a penalty: few decisions move little. Nothing changes until a run
    is given the settings that --out writes.

    \b
    Examples:
      bonafides calibrate decisions.csv
      bonafides calibrate decisions.csv --random-sample --out fitted.yaml
      bonafides investigate exports --settings fitted.yaml
    """
    found = api.calibrate(workspace, decisions, is_sample=is_sample)
    if out is not None:
        out.write_text(found.settings(), "utf-8")
    if is_json:
        put_json(found.plain())
        return DONE
    put(f"{found.decided} decisions; {found.unresolved} unresolved, {found.not_found} of nobody in the latest run")
    put(f"loss {found.loss_before:.4f} before, {found.loss_after:.4f} after, on decisions that the fit did not see")
    put("\nWeights, as factors of the catalogue's" if found.weights else "\nWeights stay as they are")
    put_table(sorted(found.weights.items(), key=lambda item: (-abs(item[1] - 1), item[0])))
    if found.priors:
        put("\nPriors")
        put_table((name, f"{value:.6f}") for name, value in found.priors.items())
    put("\nReliability before")
    _put(found.before)
    put("\nReliability after, on decisions that the fit did not see")
    _put(found.after)
    return DONE


def _put(rows: Iterable["Reliability"]) -> None:
    head = ("probability", "cases", "said", "were")
    put_table([head, *((f"{r.low:g} to {r.high:g}", r.people, f"{r.said:.3f}", f"{r.were:.3f}") for r in rows)])
