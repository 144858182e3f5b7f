"""Assess applications before anybody is hired, against everything that the latest run knows."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bonafides import api
from bonafides.cli.base import (
    DONE,
    NOTHING_READ,
    as_json,
    mapping,
    now,
    put,
    put_json,
    settings,
    unmasked,
    warn_of_reveal,
    workspace,
)
from bonafides.cli.base_explanation import put_explanation
from bonafides.settings import Settings

if TYPE_CHECKING:
    from bonafides.workflow.file_ledger import FileLedger


@click.command("screen")
@click.argument("applications", type=click.Path(path_type=Path, exists=True))
@workspace
@click.option("--company", help="Whose applications the file holds; a folder says so itself.")
@settings
@mapping
@unmasked
@as_json
def COMMAND(
    applications: Path,
    workspace: Path,
    company: str | None,
    settings_file: Path | None,
    mapping_files: tuple[Path, ...],
    unmasked: bool,
    is_json: bool,
) -> int:
    """Assess APPLICATIONS against the latest run, and explain each as `explain` does.

    APPLICATIONS is a file with rows of the application table (docs/reference/records.md), or a folder in the shape of
    EXPORTS with applications, interviews and checks in any form that `investigate` reads. Nothing is published, and
    the workspace stays as it is. A finding is a reason to ask, never a reason to turn somebody away.

    \b
    Examples:
      bonafides screen application.json --company acme
      bonafides screen inbox/ --workspace cases/2026 --json
    """
    warn_of_reveal(unmasked)
    settings = Settings.read(settings_file, mappings=tuple(map(str, mapping_files)) or None)
    found, ledgers = api.screen(
        applications, workspace, company=company, now=now(), settings=settings, masked=not unmasked
    )
    left = _left(ledgers)
    if is_json:
        put_json({"applications": [one.plain() for one in found], "set_aside": left})
        return DONE if found else NOTHING_READ
    for n, one in enumerate(found):
        if n:
            put("\n")
        put_explanation(one)
    for file, reasons in left.items():
        for reason, count in reasons.items():
            put(f"\n{file}: {count} set aside: {reason}")
    return DONE if found else NOTHING_READ


def _left(ledgers: Sequence["FileLedger"]) -> dict[str, dict[str, int]]:
    """What was set aside, by file and reason."""
    return {led.export.name: dict(led.set_aside) for led in ledgers if led.set_aside}
