"""Who and what is kept quiet, because people dismissed it and nothing newer was found since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bonafides.cases.state import CLEARED, State, Subject, state
from bonafides.store.decided import DATABASE, Ledger, url_of
from bonafides.store.duckdb import Store
from bonafides.workflow.published import source


@dataclass(frozen=True)
class Quiet:
    """Shape: `subjects` are those of whom everything that speaks against them was dismissed; `findings` have company,
    subject and indicator.
    """

    subjects: Collection[Subject] = frozenset()
    findings: Collection[tuple[str, str, str]] = frozenset()


def decided(workspace: Path, database: str | None) -> State:
    """What people decided so far; nothing where no ledger was begun."""
    if database is None and not (workspace / DATABASE).exists():
        return State()
    ledger = Ledger(database or url_of(workspace))
    try:
        return state(ledger.entries())
    finally:
        ledger.close()


# What speaks against somebody, and when it was last seen: findings that weigh, and values shared without explanation.
_AGAINST = """
WITH weighs AS (SELECT DISTINCT company, subject_id, what FROM {contribution} WHERE step = 'finding' AND stand_in > 0),
said AS (
  SELECT f.company, f.subject_id, f.indicator, f.last_at FROM {finding} AS f
  JOIN weighs AS w ON w.company = f.company AND w.subject_id = f.subject_id AND w.what = f.indicator
  UNION ALL SELECT a_company, a, 'tie:' || kind, last_at FROM {tie} WHERE explained_by IS NULL
  UNION ALL SELECT b_company, b, 'tie:' || kind, last_at FROM {tie} WHERE explained_by IS NULL)
SELECT company, subject_id, indicator, CAST(max(last_at) AS VARCHAR) AS last_at FROM said GROUP BY ALL"""


def quiet(store: Store, run: Path, now: State, today: date) -> Quiet:
    """What of a run is to be kept quiet today.

    Shape: an indicator that was set quiet, until its day or until it finds something newer; a subject decided bona
    fide, or all of whose findings are quiet, until something newer is found or tied to them.
    """
    set_quiet: dict[tuple[str, str, str], str] = {}
    for one in now.suppressions:
        if today < one.until:
            set_quiet[one.company, one.subject_id, one.indicator] = one.at[:10]
    cleared = {who: j.at[:10] for who, j in now.decided().items() if j.outcome == CLEARED}
    if not set_quiet and not cleared:
        return Quiet()
    rows = store.rows(_AGAINST.format(**{n: source(run, n) for n in ("finding", "contribution", "tie")}))
    findings, loud, heard = set(), set[Subject](), set[Subject]()
    for row in rows:
        who, last = (row["company"], row["subject_id"]), (row["last_at"] or "")[:10]
        dismissed_at = max(set_quiet.get((*who, row["indicator"]), ""), cleared.get(who, ""))
        heard.add(who)
        if dismissed_at and last <= dismissed_at:
            findings.add((*who, row["indicator"]))
        else:
            loud.add(who)
    return Quiet((heard | set(cleared)) - loud, findings)
