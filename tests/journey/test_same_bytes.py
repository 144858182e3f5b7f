"""The same inputs give the same bytes of every published file; a run that dies publishes nothing."""

import gzip
import hashlib
import json
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import small_world
from bonafides import api
from bonafides.settings import Settings
from bonafides.workflow import investigate as room
from bonafides.workflow.published import PUBLISHED

NOW = datetime(2026, 11, 22, tzinfo=UTC)
# Tells how many files were read and how often, which is another thing from what they said.
OF_THE_FILES = {"report.html"}


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One company with vendors' logs in several files, and three with tables of ours."""
    folder = tmp_path_factory.mktemp("exports")
    api.simulate(folder, "company", seed=5, scale=0.005)
    small_world.write(folder)
    (company,) = (p for p in (folder / "exports").iterdir() if p.name not in small_world.COMPANIES)
    for source in ("crowdstrike_fdr", "github_audit_log"):
        shutil.rmtree(company / source, ignore_errors=True)
    return folder / "exports"


def digests(run: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in run.iterdir() if p.is_file()}


def investigated(exports: Path, workspace: Path, threads: int = 2) -> tuple[str, dict[str, str]]:
    outcome = api.investigate(exports, workspace, now=NOW, settings=Settings(threads=threads))
    return outcome.run_id, digests(outcome.path)


@pytest.fixture(scope="module")
def first(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, str]]:
    found = investigated(exports, tmp_path_factory.mktemp("first"))
    assert {"assessment.parquet", "tie.parquet", "set_aside.parquet", "manifest.json"} <= set(found[1])
    return found


def test_another_workspace_and_another_number_of_threads_give_the_same_bytes(
    exports: Path, first: Any, tmp_path: Path
) -> None:
    assert investigated(exports, tmp_path / "ws", threads=1) == first


def test_another_order_of_the_files_gives_the_same_bytes(exports: Path, first: Any, tmp_path: Path) -> None:
    turned = tmp_path / "exports"
    shutil.copytree(exports, turned)
    moved = 0
    for folder in [p for p in turned.rglob("*") if p.is_dir() and p.name != "records"]:
        files = sorted(p for p in folder.iterdir() if p.is_file())
        for number, path in enumerate(files):
            path.rename(folder / f"{len(files) - number:03}-{path.name}")
            moved += 1
    assert moved > 5
    assert investigated(turned, tmp_path / "ws") == first


def test_the_same_export_twice_and_packed_otherwise_publishes_the_same_tables(
    exports: Path, first: Any, tmp_path: Path
) -> None:
    doubled = tmp_path / "exports"
    shutil.copytree(exports, doubled)
    for path in [p for p in doubled.rglob("*") if p.is_file()]:
        raw, plain = path.read_bytes(), path.name.removesuffix(".gz")
        stem, _, ending = plain.partition(".")
        path.with_name(f"{stem}.again.{ending}").write_bytes(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    run_id, found = investigated(doubled, tmp_path / "ws")
    assert run_id == first[0]
    # The manifest names the files that were read, by their hashes; all that was drawn from them is the same.
    other = OF_THE_FILES | {"manifest.json"}
    assert {n: h for n, h in found.items() if n not in other} == {n: h for n, h in first[1].items() if n not in other}


def test_every_item_read_is_kept_seen_before_or_set_aside(exports: Path, tmp_path: Path) -> None:
    small = tmp_path / "exports"
    shutil.copytree(exports / "acme", small / "acme")
    shutil.copy(small / "acme" / "records" / "payment.csv", small / "acme" / "records" / "payment.2.csv")
    api.investigate(small, tmp_path / "ws", now=NOW)
    ledger = json.loads((tmp_path / "ws" / "ledger.json").read_text())
    assert sum(one["duplicates"] for one in ledger) > 0
    for one in ledger:
        assert one["items"] == one["kept"] + one["duplicates"] + sum(one["set_aside"].values()), one["file"]


def published(workspace: Path) -> list[str]:
    """Runs that anybody would find, and where `latest` points."""
    runs = (
        sorted(p.name for p in (workspace / "runs").glob("*") if not p.name.startswith("."))
        if workspace.exists()
        else []
    )
    latest = workspace / "latest"
    return [*runs, f"latest {latest.resolve().name}"] if latest.is_symlink() else runs


@pytest.mark.parametrize("stage", ["derive", "detect", "assess", "_manifest"])
def test_a_run_that_raises_midway_publishes_nothing_and_leaves_the_one_before(
    stage: str, exports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = tmp_path / "exports"
    shutil.copytree(exports / "acme", small / "acme")
    workspace = tmp_path / "ws"
    (workspace / "runs" / "before").mkdir(parents=True)
    (workspace / "latest").symlink_to(Path("runs") / "before", target_is_directory=True)
    before = published(workspace)

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(room, stage, fail)
    monkeypatch.setattr(room, "_before", lambda *_: {})
    with pytest.raises(RuntimeError, match="planted"):
        api.investigate(small, workspace, now=NOW)
    assert published(workspace) == before
    assert not list(workspace.glob(".scratch-*")), "what a run needs while it works goes with it"


_KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from bonafides import api
def say(text):
    if text.startswith(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
api.investigate(sys.argv[1], sys.argv[2], now=datetime(2026, 11, 22, tzinfo=UTC), say=say)
"""


@pytest.mark.parametrize("word", ["weighing explanations", "publishing"])
def test_a_run_that_is_killed_publishes_nothing_and_the_next_one_is_whole(
    word: str, exports: Path, tmp_path: Path
) -> None:
    small = tmp_path / "exports"
    shutil.copytree(exports / "cumulus", small / "cumulus")
    workspace = tmp_path / "ws"
    done = subprocess.run([sys.executable, "-c", _KILLED, str(small), str(workspace), word], check=False)
    assert done.returncode == -signal.SIGKILL
    assert published(workspace) == []
    if word == "publishing":
        run_id, found = investigated(small, workspace)
        assert published(workspace) == [run_id, f"latest {run_id}"]
        assert {f"{table}.parquet" for table in PUBLISHED} <= set(found)
