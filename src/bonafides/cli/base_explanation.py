"""How an explanation is printed."""

from typing import TYPE_CHECKING

from bonafides.cli.base import put, put_table

if TYPE_CHECKING:
    from bonafides.workflow.explain import Explanation

# More ties than this are counted, not listed; --json has them all.
_MOST_TIES = 20


def put_explanation(found: "Explanation") -> None:
    """One explanation for people: claims, probabilities, contributions, findings, ties, what to test next."""
    put(f"{found.company}/{found.subject} ({found.subject_kind}), run {found.run_id}")
    put(
        f"tier {found.tier}: {found.explanation}, then {found.runner_up}; "
        f"{found.decibans:+.2f} dB for stand_in against genuine"
    )
    if found.at_stake or found.wages:
        put(f"at stake: {found.at_stake or 'no controlled asset seen'}; wages {found.wages or 0:,.2f}")
    if found.network_id:
        put(f"network: {found.network_id} with {found.network_members:,} members")
    put("\nClaims")
    put_table(found.claims.items())
    put("\nExplanations")
    put_table([(name, f"{p:.4f}") for name, p in found.probabilities.items()])
    _put_contributions(found)
    _put_findings(found)
    _put_ties(found)
    put("\nTest next")
    put(f"  {found.test_next or 'nothing: no claim stands in doubt'}")
    put("\nA finding is a claim contradicted, and may have an honest explanation. What follows is a person's decision.")


def _put_contributions(found: "Explanation") -> None:
    names = tuple(found.probabilities)[1:]
    rows: list[tuple[str, ...]] = [("", "", "", *names)]
    for c in found.contributions:
        amounts = (
            [f"{c.decibans[h]:+.2f}" for h in names] if c.is_counted else [f"({c.cause})"] + [""] * (len(names) - 1)
        )
        rows.append((c.step, c.what, c.value or "", *amounts))
    rows.append(("sum", "", "", *(f"{found.total(h):+.2f}" for h in names)))
    put("\nContributions in decibans against genuine; in brackets the group whose stronger finding stands for it")
    put_table(rows)


def _put_findings(found: "Explanation") -> None:
    put("\nFindings" if found.findings else "\nFindings: none")
    for told in found.findings:
        put(f"  {told.title} ({told.claim}; {told.indicator})")
        put(f"    {told.says}")
        put(f"    honest explanations: {'; '.join(told.benign) or '-'}")
        put(f"    to settle it: {told.resolve or '-'}")
        if told.refs:
            put(f"    records: {', '.join(told.refs[:4])}{' …' if len(told.refs) > 4 else ''}")


def _put_ties(found: "Explanation") -> None:
    put("\nTies" if found.ties else "\nTies: none")
    put_table(
        [
            (
                t.kind,
                t.value,
                f"{t.company}/{t.subject}",
                f"{t.weight:.1f} dB",
                f"explained by {t.explained_by}" if t.explained_by else "unexplained",
            )
            for t in found.ties[:_MOST_TIES]
        ]
    )
    if len(found.ties) > _MOST_TIES:
        put(f"  and {len(found.ties) - _MOST_TIES:,} more (--json lists them)")
