"""Every source's samples: raw files in, rows and ledgers out. A new source is a new folder, nothing to program."""

import gzip
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from bonafides.sources.base import load
from bonafides.workflow import ingest
from bonafides.workflow.ingest import sources
from reading import SAMPLES, Reading, export, read, sample_files

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


LINES = """/*
id: {id}
title: t
vendor_page: p
format: lines
columns: {{line: VARCHAR, file: VARCHAR, host: VARCHAR, day: VARCHAR}}
opens: {{host: '^# host', day: '^## '}}
item_id:
set_aside:
adds: host IS NOT NULL AND line LIKE '#%'
ignores:
into: [asset]
*/
-- into: asset
SELECT item, substr(line, 3) AS asset, concat_ws(' ', host, day) AS owner, file AS kind FROM raw WHERE line LIKE '- %'
"""
TEXT = "[A log]\n# host one\n- a\n## monday\n- a\n- b\n## tuesday\n- b\n# host two\n- a\n- a\n"


def test_lines_stand_in_the_sections_that_lines_above_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = tmp_path / "unit" / "ledger_lines.sql"
    unit.parent.mkdir()
    unit.write_text(LINES.format(id="ledger_lines"))
    source = load(unit)
    monkeypatch.setattr(ingest, "sources", lambda _=(): {source.id: source})
    for name, content in (("in/book.txt", TEXT.encode()), ("in/other.txt.gz", gzip.compress(TEXT.encode()))):
        export(tmp_path / "exports", f"{source.id}/{name}", content)
    found = read(tmp_path / "exports")
    said = [(row["asset"], row["owner"]) for row in found.rows["asset"] if row["kind"] == "book.txt"]
    one, two = "# host one", "# host two"
    assert sorted(said) == sorted(
        [("a", one), ("a", f"{one} ## monday"), ("b", f"{one} ## monday"), ("b", f"{one} ## tuesday"), ("a", two)]
    )
    ledger = found.ledger("book.txt")
    assert (ledger.items, ledger.kept, ledger.duplicates) == (11, 9, 1)
    assert ledger.set_aside == {"says nothing that a record table holds": 1}
