"""Files seen before: known again by place, size and times, so that nothing is read to learn that it is the one.

Why: a file that is written while it is read, or in the same breath, could differ without a sign; so only what lay still
for a while before the run began is remembered.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bonafides.fetch.folders import Export, opened
from bonafides.store.publishing import write_json

_STILL = 5.0  # seconds


class Seen:
    """What was known of files when they were last opened.

    Shape: `memory` is the file that keeps it; `made_by` says how files are looked at. Units: `now` seconds since 1970.
    """

    def __init__(self, memory: Path, made_by: str, now: float) -> None:
        self._memory, self._made_by, self._now = memory, made_by, now
        told: dict[str, Any] = json.loads(memory.read_text("utf-8")) if memory.exists() else {}
        self._known: dict[str, Any] = told["files"] if told.get("made_by") == made_by else {}
        self._fresh: dict[str, Any] = {}

    def opened(self, path: Path, root: Path, company: str, source: str) -> Export:
        """What one file is, as `folders.opened` says it."""
        try:
            told = path.stat()
            place = str(path.resolve())
            f"{path}{place}".encode()
        except (OSError, UnicodeEncodeError):
            return opened(path, root, company, source)
        mark = [told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino, told.st_dev, company, source]
        known = self._known.get(place)
        if known and known["mark"] == mark:
            about = {**known["export"], "path": path, "header": tuple(known["export"]["header"])}
            export = Export(**{**about, "name": str(path.relative_to(root))})
        else:
            export = opened(path, root, company, source)
        if max(told.st_mtime, told.st_ctime) < self._now - _STILL and export.container != "unreadable":
            self._fresh[place] = {"mark": mark, "export": {k: v for k, v in asdict(export).items() if k != "path"}}
        return export

    def keep(self) -> None:
        """Remember what was opened, and nothing else."""
        self._memory.parent.mkdir(parents=True, exist_ok=True)
        write_json(self._memory, {"made_by": self._made_by, "files": self._fresh})
