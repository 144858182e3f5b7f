"""Runs on disk: published whole or not at all, the newest named by `latest`."""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bonafides.errors import BadSettings

RUNS, LATEST, RECORDS = "runs", "latest", "records"
_SCRATCH, _LOCK = ".scratch-", ".lock"


@contextmanager
def working(workspace: Path) -> Iterator[Path]:
    """A scratch folder in a workspace that this process alone works in; what a run that was killed left is cleared.

    Raises: BadSettings where another process is at work there.
    """
    workspace.mkdir(parents=True, exist_ok=True)
    with (workspace / _LOCK).open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as why:
            raise BadSettings(f"{workspace}: another run is at work here; wait for it, or name another folder") from why
        for parts in (f"{_SCRATCH}*", f".{RECORDS}-*.part", f"{RUNS}/.*.part"):
            for left in workspace.glob(parts):
                shutil.rmtree(left, ignore_errors=True)
        scratch = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=workspace))
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def begin(workspace: Path, run_id: str) -> Path:
    """An empty folder in which a run is made ready, beside the published ones."""
    return _emptied(workspace / RUNS / f".{run_id}.part")


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def publish(workspace: Path, run_id: str, ready: Path) -> Path:
    """Make a finished run visible in one step, and let `latest` point to it.

    Shape: whoever is killed half-way leaves `latest` as it was, or as it is to be.
    Why: a run of the same name has the same tables; what differs (how many files the report says were read) is replaced
    file by file, so that the folder never lacks one.
    """
    place = workspace / RUNS / run_id
    if place.exists():
        for path in sorted(p for p in ready.rglob("*") if p.is_file()):
            there = place / path.relative_to(ready)
            there.parent.mkdir(parents=True, exist_ok=True)
            path.replace(there)
        shutil.rmtree(ready)
    else:
        ready.rename(place)
    _point(workspace / LATEST, Path(RUNS) / run_id)
    return place


def remove_other_runs(workspace: Path, kept: Path) -> None:
    """Remove every published run but one, since they were made from what may not be kept any longer."""
    for run in (workspace / RUNS).iterdir():
        if run != kept:
            shutil.rmtree(run)


def records_before(workspace: Path) -> Path | None:
    """The folder of the record tables that were written last. Unknown: None where there is none."""
    pointer = workspace / RECORDS
    return pointer.resolve() if pointer.is_symlink() and pointer.exists() else None


def begin_records(workspace: Path, name: str) -> Path | None:
    """An empty folder in which record tables are made ready. Unknown: None where those of this name are there already."""
    if (workspace / f".{RECORDS}-{name}").exists():
        return None
    return _emptied(workspace / f".{RECORDS}-{name}.part")


def publish_records(workspace: Path, name: str, ready: Path | None) -> None:
    """Let `records` point to the record tables of a name, in one step; the ones before are removed after."""
    place = workspace / f".{RECORDS}-{name}"
    if ready is not None:
        ready.rename(place)
    _point(workspace / RECORDS, Path(place.name))
    for old in workspace.glob(f".{RECORDS}-*"):
        if old != place:
            shutil.rmtree(old, ignore_errors=True)


def _point(pointer: Path, target: Path) -> None:
    """A symbolic link, replaced in one step."""
    if pointer.is_dir() and not pointer.is_symlink():
        shutil.rmtree(pointer)  # a folder that an older version wrote
    made = pointer.with_name(f".{pointer.name}.link")
    made.unlink(missing_ok=True)
    made.symlink_to(target, target_is_directory=True)
    made.replace(pointer)


def same_file(path: Path, there: Path) -> None:
    """A file that is never written again in a second place: a link where the disk has such, else a copy."""
    there.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, there)
    except OSError:
        shutil.copyfile(path, there)


def write_json(path: Path, value: Any) -> None:
    """One JSON value as a file, put in place in one step: a list one entry a line, an object one name a line."""
    # Told to indent, the library would write every text by Python.
    if isinstance(value, list):
        lines = [json.dumps(entry, ensure_ascii=False) for entry in value]
    else:
        lines = [f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in value.items()]
    opening, closing = "[]" if isinstance(value, list) else "{}"
    text = ",\n".join(lines)
    ready = path.with_name(f".{path.name}.part")
    ready.write_text(f"{opening}\n{text}\n{closing}\n", "utf-8")
    ready.replace(path)


def latest(workspace: Path) -> Path | None:
    """The newest published run of a workspace. Unknown: None where there is none."""
    pointer = workspace / LATEST
    return pointer.resolve() if pointer.exists() else None


def manifest(run: Path) -> dict[str, Any]:
    """A published run's manifest."""
    told: dict[str, Any] = json.loads((run / "manifest.json").read_text("utf-8"))
    return told
