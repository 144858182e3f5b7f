"""A folder under watch: what is new is told once, masked, and again only to who did not take it."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

import loopback
import small_world
from bonafides import api
from bonafides.cli.main import run
from bonafides.workflow.watch import MOST_TRIES

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that saw one company first and all of them then, and what was told."""
    folder = tmp_path_factory.mktemp("made")
    small_world.write(folder)
    return folder / "exports"


class Desk:
    """Takes messages, or refuses so many of them first."""

    def __init__(self, refuses: int = 0) -> None:
        self.refuses, self.taken, self.tried = refuses, list[tuple[str, str, str]](), 0

    def __call__(self, place: str, title: str, text: str) -> bool:
        self.tried += 1
        if self.tried <= self.refuses:
            return False
        self.taken.append((place, title, text))
        return True


def look(exports: Path, workspace: Path, desk: Desk, *places: str) -> Any:
    return api.watch(exports, workspace, now=NOW, places=places or ("desk",), send=desk)


def test_what_arrives_is_told_once_and_what_did_not_change_is_not_read_again(made: Path, tmp_path: Path) -> None:
    exports, workspace, desk = tmp_path / "exports", tmp_path / "ws", Desk()
    shutil.copytree(made / "acme", exports / "acme")
    alone = look(exports, workspace, desk)
    assert alone.news.before is None and not alone.news.networks
    again = look(exports, workspace, desk)
    assert again.news is None
    told = len(desk.taken)
    for company in ("borealis", "cumulus"):
        shutil.copytree(made / company, exports / company)
    grown = look(exports, workspace, desk)
    assert grown.news.before == alone.news.run_id
    (network,) = grown.news.networks
    assert network.was is None and network.members >= 2
    assert {r.tier for r in grown.news.raised} <= {"review", "urgent"} and grown.news.raised
    assert len(desk.taken) == told + 1
    text = "\n".join(desk.taken[-1])
    names = {n for row in small_world.truth() for n in str(row["subject_id"]).split()}
    assert not names & set(text.replace(":", " ").split()), "subjects are masked"
    assert "desk" not in (workspace / "watch.json").read_text(), "places may hold secrets"
    assert look(exports, workspace, desk).news is None and len(desk.taken) == told + 1


@pytest.fixture
def seen(made: Path, tmp_path: Path) -> tuple[Path, Path]:
    """All companies, investigated and told to nobody."""
    exports, workspace = tmp_path / "exports", tmp_path / "ws"
    shutil.copytree(made, exports)
    found = api.watch(exports, workspace, now=NOW)
    assert found.news.networks and found.untold == 0
    return exports, workspace


def test_who_did_not_take_it_is_told_again_and_the_others_are_not(seen: tuple[Path, Path]) -> None:
    ready, slow = Desk(), Desk(refuses=2)
    desks = {"ready": ready, "slow": slow}
    for left in (1, 1, 0, 0):
        found = api.watch(*seen, now=NOW, places=("ready", "slow"), send=lambda p, t, x: desks[p](p, t, x))
        assert found.untold == left
    assert (len(ready.taken), ready.tried, len(slow.taken), slow.tried) == (1, 1, 1, 3)


def test_a_place_that_never_takes_anything_is_given_up(seen: tuple[Path, Path]) -> None:
    deaf = Desk(refuses=1000)
    rounds = [look(*seen, deaf) for _ in range(MOST_TRIES + 2)]
    assert deaf.tried == MOST_TRIES
    assert rounds[-1].given_up == 1 and rounds[-1].untold == 0


def test_what_was_being_sent_when_the_process_died_is_not_sent_again(seen: tuple[Path, Path]) -> None:
    def dies(place: str, title: str, text: str) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        api.watch(*seen, now=NOW, places=("desk",), send=dies)
    desk = Desk()
    look(*seen, desk)
    assert desk.tried == 0


@pytest.fixture
def hook() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A webhook that refuses the first message."""
    heard: list[dict[str, Any]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(503 if len(heard) == 1 else 200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

    with loopback.serving(Hook) as server:
        yield f"json://127.0.0.1:{server.server_port}/secret", heard


def test_the_command_tells_a_webhook_and_keeps_no_secret(
    made: Path, tmp_path: Path, hook: tuple[str, list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    place, heard = hook
    exports, workspace = tmp_path / "exports", tmp_path / "ws"
    shutil.copytree(made, exports)
    monkeypatch.setenv("BONAFIDES_NOTIFY", place)
    call = ["watch", str(exports), "--workspace", str(workspace), "--once"]
    assert run(call) == 1, "refused once: done with trouble"
    assert "new since last time" in capsys.readouterr().out
    assert run([*call, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) is None
    assert run(call) == 0 and "nothing arrived" in capsys.readouterr().out
    assert len(heard) == 2 and "network" in heard[1]["message"]
    assert not [p for p in workspace.rglob("*") if p.is_file() and b"/secret" in p.read_bytes()]


def test_a_place_that_cannot_be_one_is_a_wrong_call_that_names_no_secret(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["watch", str(made), "--workspace", str(tmp_path), "--once", "--notify", "nothing://key"]) == 2
    told = capsys.readouterr().err
    assert "number 1" in told and "key" not in told


def test_what_arrives_behind_a_link_has_arrived_and_hidden_files_have_not(tmp_path: Path) -> None:
    exports, elsewhere = tmp_path / "exports", tmp_path / "elsewhere"
    (elsewhere / "records").mkdir(parents=True)
    exports.mkdir()
    (exports / "acme").symlink_to(elsewhere, target_is_directory=True)
    seen = [api.arrived(exports)]
    (elsewhere / "records" / "worker.csv").write_text("worker_id\n")
    seen.append(api.arrived(exports))
    (elsewhere / ".sync").mkdir()
    (elsewhere / ".sync" / "worker.csv").write_text("worker_id\n")
    (elsewhere / "records" / "gone.csv").symlink_to(tmp_path / "nowhere")
    seen.append(api.arrived(exports))
    assert seen[0] != seen[1] == seen[2]
