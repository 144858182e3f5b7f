"""A run killed at any change that it makes in the workspace leaves what was published whole; the next one finishes."""

import hashlib
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import small_world
from bonafides import api
from bonafides.errors import BadSettings
from bonafides.store.publishing import working

NOW = datetime(2026, 11, 22, tzinfo=UTC)

# Dies before the change of the given number that it is about to make; tells how many there were if it lives.
_DIES = """
import os, signal, sys
from datetime import UTC, datetime
from bonafides import api
exports, workspace, when = sys.argv[1], sys.argv[2], int(sys.argv[3])
changes = 0
def heard(event, given):
    global changes
    if event in ("os.rename", "os.symlink", "shutil.rmtree") and workspace in str(given[0]) + str(given[1]):
        changes += 1
        if changes == when:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(heard)
api.investigate(exports, workspace, now=datetime(2026, 11, 22, tzinfo=UTC))
print(changes)
"""


def bytes_of(folder: Path) -> str:
    """A digest of all files below a folder."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.resolve().rglob("*") if p.is_file()):
        total.update(f"{path.relative_to(folder.resolve())} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def seen(workspace: Path) -> tuple[str, str]:
    return bytes_of(workspace / "latest"), bytes_of(workspace / "records")


def dying(exports: Path, workspace: Path, when: int) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-c", _DIES, str(exports), str(workspace), str(when)]
    return subprocess.run(call, capture_output=True, text=True, check=False)


def test_whoever_reads_after_a_kill_finds_the_run_before_or_the_new_one(tmp_path: Path) -> None:
    small_world.write(tmp_path)
    exports, first = tmp_path / "exports", tmp_path / "first"
    shutil.copytree(exports / "acme", first / "acme")
    start = tmp_path / "start"
    api.investigate(first, start, now=NOW)
    whole = tmp_path / "whole"
    shutil.copytree(start, whole, symlinks=True)
    lived = dying(exports, whole, 0)
    assert lived.returncode == 0, lived.stderr
    changes = int(lived.stdout)
    assert changes >= 5, "records, the run and both pointers are put in place, each in one step"
    before, after = seen(start), seen(whole)
    assert before[0] != after[0] and before[1] != after[1]
    found = set()
    reading = changes - 9  # the last nine put records, the run and both pointers in place
    for when in (*range(1, reading, 7), *range(reading, changes + 1)):
        workspace = tmp_path / "ws"
        shutil.copytree(start, workspace, symlinks=True)
        assert dying(exports, workspace, when).returncode == -signal.SIGKILL
        run, records = seen(workspace)
        assert run in (before[0], after[0]) and records in (before[1], after[1]), f"killed at change {when}"
        found.add((run == after[0], records == after[1]))
        if when in (1, changes // 2, changes):
            api.investigate(exports, workspace, now=NOW)
            assert seen(workspace) == after
            assert not list(workspace.glob(".scratch-*")) and not list(workspace.glob("runs/.*"))
        shutil.rmtree(workspace)
    assert {(False, False), (False, True), (True, True)} >= found >= {(False, False), (True, True)}


def test_two_runs_do_not_work_in_one_workspace(tmp_path: Path) -> None:
    with working(tmp_path), pytest.raises(BadSettings, match="another run"), working(tmp_path):
        pass
    with working(tmp_path) as scratch:
        assert scratch.is_dir()
    assert not scratch.exists()
