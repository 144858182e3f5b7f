"""Measure the latest run against a truth: precision, recall, calibration, false alarms by circumstance."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bonafides import api
from bonafides.cli.base import DONE, DONE_WITH_TROUBLE, as_json, put, put_json, put_table

if TYPE_CHECKING:
    from bonafides.workflow.evaluate import Evaluation


@click.command("evaluate")
@click.argument("workspace", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--truth",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="CSV or Parquet with company, subject_id, hypothesis and, as far as known, circumstance, network, name_group.",
)
@as_json
def COMMAND(workspace: Path, truth: Path, is_json: bool) -> int:
    """Measure the latest run of WORKSPACE against a truth file.

    A false alarm is a genuine worker in tier review or urgent. Exit code 1 says that somebody in the truth was not
    assessed at all: the figures then count them as not found.

    \b
    Examples:
      bonafides evaluate demo/workspace --truth demo/truth.csv
      bonafides evaluate demo/workspace --truth demo/truth.csv --json | jq .at_review
    """
    found = api.evaluate(workspace, truth)
    if is_json:
        put_json(found.plain())
    else:
        _put(found)
    return DONE_WITH_TROUBLE if found.not_assessed else DONE


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _row(name: str, told: Mapping[str, float | None]) -> tuple[Any, ...]:
    return name, int(told["listed"] or 0), _share(told["precision"]), _share(told["recall"])


def _put(found: "Evaluation") -> None:
    put(f"{found.subjects:,} workers in the truth, {found.stand_ins:,} of them stand-ins")
    if found.not_assessed:
        put(f"{found.not_assessed:,} of the truth were not assessed")
    put(f"average precision: {_share(found.average_precision)}")
    put("listed for people:")
    put_table(
        [
            ("", "listed", "precision", "recall"),
            _row("review and urgent", found.at_review),
            *(_row(f"first {n}", told) for n, told in found.at_budget.items()),
            *(_row(f"probability {at} and more", told) for at, told in found.at_threshold.items()),
        ]
    )
    rate = "-" if found.false_alarms_per_10000 is None else f"{found.false_alarms_per_10000:.1f}"
    put(f"false alarms: {found.false_alarms:,} genuine workers, {rate} in 10,000")
    alarms = {name: told for name, told in found.by_circumstance.items() if told["alarms"]}
    put_table([(name, int(t["alarms"]), f"of {int(t['subjects']):,}") for name, t in alarms.items()])
    some = found.applicants
    put(
        f"applicants: {int(some['subjects'] or 0):,}, {int(some['stand_ins'] or 0):,} of them stand-ins; "
        f"{int(some['listed'] or 0):,} listed, {int(some['false_alarms'] or 0):,} false alarms"
    )
    groups = found.by_name_group
    if groups:
        beyond = [name for name, told in groups.items() if told["beyond_chance"]]
        put(f"name groups: {len(groups)}, {'no difference' if not beyond else ', '.join(beyond)} beyond chance")
    put("explanations (true: said):")
    for true, said in found.explanations.items():
        shares = [f"{name} {share:.0%}" for name, share in said.items() if name != "subjects"]
        put(f"  {true} ({int(said['subjects']):,}): {', '.join(shares)}")
    put("networks:")
    put_table([(name.replace("_", " "), value) for name, value in found.networks.items()])
    held = found.identities
    put("found of what stand-ins held:")
    put_table([(n, held[f"{n}_found"], "of", held[n]) for n in ("identities", "engagements", "companies", "wages")])
    put("calibration (said: were):")
    put_table(
        [
            (f"{c['from']:g} to {c['to']:g}", int(c["subjects"]), f"{c['said']:.4f}", f"{c['were']:.4f}")
            for c in found.calibration
        ]
    )
