"""Say what could be tested at each company, what would test the rest, and which controls hold."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bonafides import api
from bonafides.cli.base import DONE, as_json, put, put_json, put_table, workspace

if TYPE_CHECKING:
    from bonafides.workflow.readiness import Company

_MOST_DATA = 6


@click.command("readiness")
@workspace
@click.option("--company", help="Only this company.")
@as_json
def COMMAND(workspace: Path, company: str | None, is_json: bool) -> int:
    """Say, by company and claim, which indicators could be asked in the latest run and how many workers stay untested.

    Then which data would test more, the cheapest first, and which controls that public guidance asks for hold, fail or
    cannot be told from the records. It speaks of companies, never of a worker.

    \b
    Examples:
      bonafides readiness
      bonafides readiness --company acme
      bonafides readiness --json | jq '.[].controls[] | select(.outcome == "fails")'
    """
    found = api.readiness(workspace, company=company)
    if is_json:
        put_json([one.plain() for one in found])
        return DONE
    for n, one in enumerate(found):
        if n:
            put()
        _put(one)
    return DONE


def _put(one: "Company") -> None:
    put(f"{one.company}: {one.workers:,} workers, {one.blind:,} without a tested identity, location, custody or payee")
    put("\n  Claims")
    put_table(
        (c.claim, f"{c.asked} of {c.indicators} indicators asked", f"{c.untested:,} workers untested")
        for c in one.claims
    )
    data = [d for c in one.claims for d in c.would_test]
    if data:
        put("\n  What would test more, the cheapest first")
        needs: dict[str, set[str]] = {}
        for d in data:
            needs.setdefault(d.needs, set()).update(d.indicators)
        told = sorted({(d.needs, d.effort, d.how) for d in data}, key=lambda t: [d.needs for d in data].index(t[0]))
        told.sort(key=lambda t: (("low", "medium", "high").index(t[1]), -len(needs[t[0]])))
        put_table((f"{len(needs[n])} indicators", effort, n, how) for n, effort, how in told[:_MOST_DATA])
        if len(told) > _MOST_DATA:
            put(f"  … and {len(told) - _MOST_DATA} more (--json)")
    put("\n  Controls")
    put_table((c.outcome, f"{c.held} of {c.concerned}" if c.concerned else c.why or "", c.title) for c in one.controls)
