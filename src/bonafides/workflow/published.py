"""What a run publishes, and how it is read again."""

from pathlib import Path
from typing import Any

from bonafides.errors import BadSettings
from bonafides.store.duckdb import Store, quoted
from bonafides.store.publishing import latest

Row = dict[str, Any]

# What a run publishes, each in an order that makes its bytes the same every time.
PUBLISHED: dict[str, str] = {
    "assessment": "stand_in DESC, company, subject_id",
    "finding": "company, subject_id, indicator, value, because",
    "contribution": "company, subject_id, step, what, value, stand_in",
    "evaluation": "company, indicator",
    "control": "company, control",
    "tie": "a_company, a, b_company, b, kind, value",
    "hub": "hub",
    "hub_member": "hub, company, subject_id",
    "network": "network_id",
    "network_member": "network_id, company, subject_id",
    "subject": "company, subject_id",
    "person_change": "person, change",
    "rhythm": "company, subject_id, weekday, hour",
    "whereabouts": "company, subject_id, what, is_exit, latitude, longitude",
    "set_aside": "company, source, item_ref, reason",
    "known_as": "company, subject_id, known_as",
    "unattributed": "company, record_table",
}


def latest_run(workspace: Path) -> Path:
    """The newest published run.

    Raises: BadSettings where there is none.
    """
    run = latest(workspace)
    if run is None or not (run / "assessment.parquet").is_file():
        raise BadSettings(f"{workspace}: no published run; call investigate first")
    return run


def source(run: Path, table: str) -> str:
    """One table of a run as SQL reads it."""
    return f"read_parquet({quoted(str(run / f'{table}.parquet'))})"


def published(store: Store, run: Path, table: str, where: str = "true") -> list[Row]:
    """Rows of one table of a run, in the order in which they were published."""
    return store.rows(f"SELECT * FROM {source(run, table)} WHERE {where}")
