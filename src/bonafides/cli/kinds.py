"""List the kinds of values that can connect people, and how telling each is."""

import click

from bonafides.cli.base import DONE, as_json, put_json, put_table


@click.command("kinds")
@as_json
def COMMAND(is_json: bool) -> int:
    """List the kinds of values, which of them may tie people, and how telling a shared one is.

    The share, before looking at the data, is that of shared values of the kind that are a network's rather than an
    honest coincidence, by how many people hold the value.

    \b
    Examples:
      bonafides kinds
      bonafides kinds --json
    """
    from bonafides.workflow.derive import kinds

    known = kinds()
    if is_json:
        put_json(
            [
                {"name": k.name, "title": k.title, "ties": k.ties, "family": k.family, "telling": k.telling}
                for k in known.values()
            ]
        )
        return DONE
    rows = [("kind", "family", "share that is telling, from so many holders", "title")]
    for kind in known.values():
        shares = ", ".join(f"{n}: {share:g}" for n, share in kind.telling)
        rows.append((kind.name, kind.family or "-", shares or "ties nobody", kind.title))
    put_table(rows, "")
    return DONE
