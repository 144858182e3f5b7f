"""A folder under watch: what arrived is investigated, and what is new since the last run is told, each place once."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bonafides.fetch.folders import discover
from bonafides.run import Run
from bonafides.settings import Settings
from bonafides.store.publishing import write_json
from bonafides.workflow.investigate import investigate
from bonafides.workflow.news import News, since
from bonafides.workflow.quiet import decided

_STATE = "watch.json"
# A place that does not take the news is tried again in so many rounds, then given up; the state says so.
MOST_TRIES = 20

Send = Callable[[str, str, str], bool]  # place, title, text -> was it taken


@dataclass(frozen=True)
class Round:
    """What one look at the folder came to. Unknown: `news` is None where nothing had arrived."""

    news: News | None
    untold: int  # messages that some place has not taken yet
    given_up: int  # messages that a place did not take in MOST_TRIES rounds


def arrived(exports: Path) -> str:
    """A digest of which files lie there, of what size, last changed when: another one means that something arrived.

    Raises: BadSettings where EXPORTS holds no company.
    """
    seen = [
        (ascii(path.relative_to(exports)), (told := path.stat()).st_size, told.st_mtime_ns)
        for _, _, path in discover(exports)
        if path.is_file()
    ]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


def look(
    exports: Path,
    workspace: Path,
    settings: Settings,
    run: Run,
    places: Sequence[str],
    send: Send,
    database: str | None = None,
) -> Round:
    """Investigate if something arrived since the last look, then tell each place what it was not told yet.

    Shape: `places` may hold secrets: only their digests are kept in the workspace. What was begun to be sent and not
    known to have been refused is never sent again, even where the process died while it was sending. What people
    dismissed, by the workspace's decisions or those of `database`, is no news.
    """
    state = _read(workspace)
    there, news = arrived(exports), None
    if state.get("arrived") != there:
        made = investigate(exports, workspace, settings, run)
        news = since(made.path, decided(workspace, database), run.now.date())
        state["arrived"] = there
        if news and all(m["run_id"] != news.run_id for m in state["messages"]):
            counts = (len(news.raised), len(news.findings), len(news.networks))
            title = "{} raised, {} new findings, {} networks new or grown".format(*counts)
            text = "\n".join([*news.lines(), "", "Recommendations to look, not verdicts: check, then decide."])
            state["messages"].append({"run_id": news.run_id, "title": title, "text": text, "places": {}})
        write_json(workspace / _STATE, state)
    for message in state["messages"]:
        for place in places:
            _tell(workspace, state, message, place, send)
    tries = [n for message in state["messages"] for n in message["places"].values() if n is not True]
    return Round(news, sum(n < MOST_TRIES for n in tries), sum(n >= MOST_TRIES for n in tries))


def _tell(workspace: Path, state: dict[str, Any], message: dict[str, Any], place: str, send: Send) -> None:
    """Shape: in the state a place has True once it took the message, else how often it was tried."""
    key = hashlib.sha256(place.encode()).hexdigest()[:12]
    tries = message["places"].get(key, 0)
    if tries is True or tries >= MOST_TRIES:
        return
    message["places"][key] = True
    write_json(workspace / _STATE, state)
    if not send(place, f"bonafides: {message['title']}", message["text"]):
        message["places"][key] = tries + 1
        write_json(workspace / _STATE, state)


def _read(workspace: Path) -> dict[str, Any]:
    path = workspace / _STATE
    told: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {"arrived": None, "messages": []}
    return told
