"""Say why one subject is thought of as they are, with everything that sums to the score."""

from pathlib import Path

import click

from bonafides import api
from bonafides.cli.base import DONE, as_json, put_json, unmasked, warn_of_reveal, workspace
from bonafides.cli.base_explanation import put_explanation


@click.command("explain")
@click.argument("subject")
@workspace
@click.option("--company", help="Whose subject, where several have the same id or tag.")
@unmasked
@as_json
def COMMAND(subject: str, workspace: Path, company: str | None, unmasked: bool, is_json: bool) -> int:
    """Say why SUBJECT is thought of as they are in the latest run.

    SUBJECT is company/subject_id (or another id by which the company knows the person), or the six-letter tag that the
    report and exports show. Claims, explanations, contributions (they sum to the score), findings with their honest
    explanations, ties, and what to test next.

    \b
    Examples:
      bonafides explain acme/W-1042 --workspace demo/workspace
      bonafides explain 3f9a1c
      bonafides explain W-1042 --company acme --json
    """
    warn_of_reveal(unmasked)
    found = api.explain(workspace, subject, company=company, masked=not unmasked)
    if is_json:
        put_json(found.plain())
    else:
        put_explanation(found)
    return DONE
