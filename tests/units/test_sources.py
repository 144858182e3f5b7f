"""Every source's samples: raw files in, rows and ledgers out. A new source is a new folder, nothing to program."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from bonafides.workflow.ingest import sources
from reading import SAMPLES, Reading, read, sample_files

FOLDERS = sorted(p.name for p in SAMPLES.iterdir() if p.is_dir())


def told(found: Reading, source: str) -> dict[str, Any]:
    """A reading in the shape of expect.yaml: rows without company and source, ledgers without what is empty."""
    tables = {
        table: [{k: _plain(v) for k, v in row.items() if k not in ("company", "source")} for row in rows]
        for table, rows in found.rows.items()
    }
    ledgers = {}
    for name, ledger in found.ledgers.items():
        counts = {"kept": ledger.kept, "duplicates": ledger.duplicates}
        counts |= {"set_aside": dict(sorted(ledger.set_aside.items())), "unread": dict(sorted(ledger.unread.items()))}
        ledgers[name.removeprefix(f"acme/{source}/")] = {k: v for k, v in counts.items() if v}
    return {"tables": tables, "ledger": ledgers}


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float | str | bool) else str(value)


@pytest.mark.parametrize("source", FOLDERS)
def test_samples_give_the_expected_rows_and_ledger(source: str, tmp_path: Path) -> None:
    folder = tmp_path / "acme" / source
    folder.mkdir(parents=True)
    for path in sample_files(source):
        shutil.copy(path, folder)
    expected = yaml.safe_load((SAMPLES / source / "expect.yaml").read_text("utf-8"))
    found = told(read(tmp_path), source)
    assert found["ledger"] == expected["ledger"]
    assert sorted(found["tables"]) == sorted(expected["tables"])
    for table, rows in expected["tables"].items():
        assert found["tables"][table] == rows, table


def test_every_source_has_samples_that_fill_every_table_it_names() -> None:
    logs = {name: source for name, source in sources().items() if not name.startswith("records/")}
    assert sorted(FOLDERS) == sorted(logs)
    for name, source in logs.items():
        expected = yaml.safe_load((SAMPLES / name / "expect.yaml").read_text("utf-8"))
        assert sorted(expected["tables"]) == sorted(source.selects), name
