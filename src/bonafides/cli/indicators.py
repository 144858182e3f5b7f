"""List the questions that are asked of the records, or describe one."""

from dataclasses import asdict

import click

from bonafides.cli.base import DONE, as_json, one_of, put, put_json, put_table


@click.command("indicators")
@click.argument("name", metavar="[ID]", required=False)
@as_json
def COMMAND(name: str | None, is_json: bool) -> int:
    """List all indicators, or describe the one called ID: what it says, its honest explanations, weights and reasons.

    \b
    Examples:
      bonafides indicators
      bonafides indicators ip_kvm_attached
      bonafides indicators --json | jq '.[].id'
    """
    from bonafides.workflow.detect import indicators

    known = indicators()
    if name is None:
        if is_json:
            put_json([asdict(i) for i in known.values()])
        else:
            put_table(
                [(i.id, i.claim, i.state, f"{i.weights['stand_in']:+.0f} dB", i.title) for i in known.values()], ""
            )
        return DONE
    found = known[one_of(known, name, "indicator")]
    if is_json:
        put_json(asdict(found))
        return DONE
    put(f"{found.id}: {found.title}")
    put(f"claim {found.claim}, rests on {found.basis}, group {found.group}, {found.state}")
    put(f"\nSays: {found.says}")
    put("\nHonest explanations")
    for explanation in found.benign:
        put(f"  {explanation}")
    put(f"\nTo settle it: {found.resolve}")
    put("\nDecibans against genuine")
    put_table([(h, f"{w:+.1f}") for h, w in found.weights.items()])
    put(f"\nWhy: {' '.join(found.why.split())}")
    put(f"\nReads: {', '.join(found.reads)}")
    put(f"Needs: {'; '.join(' or '.join(f'{t}.{c}' for t, c in need) for need in found.needs)}")
    put(f"References: {'; '.join((*found.attack, *found.refs)) or '-'}")
    return DONE
