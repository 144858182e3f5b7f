"""What people dismissed is quiet until something newer is found, and no longer than they said."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import small_world
from bonafides import api
from bonafides.workflow.pages import Pages

NOW = datetime(2026, 4, 12, 9, tzinfo=UTC)  # the world ends on 2026-04-10
WHO = "acme/W-901"


class World:
    """A world under watch, with a desk."""

    def __init__(self, folder: Path) -> None:
        self.exports, self.workspace = small_world.write(folder), folder / "ws"
        self.now = NOW

    def look(self) -> Any:
        return api.watch(self.exports, self.workspace, now=self.now).news

    def do(self, kind: str, **body: Any) -> None:
        with api.desk(self.workspace, actor="mia", role="analyst", clock=lambda: self.now) as mia:
            case = mia.open("farm", [WHO])
            mia.about(kind, case, WHO, {"reason": "met in person", **body})

    def later(self, day: str) -> None:
        """The farm's worker is seen again on a day, as before."""
        path = self.exports / "acme" / "records" / "sign_in.csv"
        rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
        mine = [row for row in rows if "901" in json.dumps(row) and row["occurred_at"].startswith("2026-04-0")]
        assert mine
        small_world.put(path, [*rows, *({**row, "occurred_at": f"{day}{row['occurred_at'][10:]}"} for row in mine)])

    def quiet(self) -> Any:
        with api.desk(self.workspace, actor="mia", role="analyst", clock=lambda: self.now) as mia:
            return Pages(self.workspace).run.quiet(mia.state(), self.now.date())

    def listed(self) -> set[tuple[str, str]]:
        rows = Pages(self.workspace).run.worklist(1, None, self.quiet().subjects).rows
        return {row["who"] for row in rows}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    api.investigate(made.exports, made.workspace, now=NOW)
    yield made


def test_who_was_decided_bona_fide_is_off_the_list_until_something_newer_is_found(world: World) -> None:
    assert ("acme", "W-901") in world.listed() and world.quiet().subjects == frozenset()
    world.do("judged", outcome="bona_fide")
    assert ("acme", "W-901") not in world.listed() and ("borealis", "W-902") in world.listed()
    world.later("2026-04-11")
    api.investigate(world.exports, world.workspace, now=NOW + timedelta(days=1))
    assert ("acme", "W-901") not in world.listed(), "of before the decision"
    world.later("2026-04-20")
    world.now = NOW + timedelta(days=12)
    api.investigate(world.exports, world.workspace, now=world.now)
    assert ("acme", "W-901") in world.listed()


def test_who_was_left_undecided_stays_on_the_list(world: World) -> None:
    world.do("judged", outcome="unresolved")
    world.do("judged", outcome="false_claim", claims=["payee"])
    assert ("acme", "W-901") in world.listed()


def test_an_indicator_is_quiet_until_its_day(world: World) -> None:
    found = api.explain(world.workspace, WHO, masked=False).findings
    name = found[0].indicator
    world.do("suppressed", indicator=name, until="2026-05-01")
    assert ("acme", "W-901", name) in world.quiet().findings
    assert ("acme", "W-901") in world.listed(), "the others speak on"
    world.now = datetime(2026, 5, 1, 9, tzinfo=UTC)
    assert world.quiet().findings == frozenset()


def test_what_was_dismissed_is_no_news(world: World) -> None:
    assert world.look() is not None
    first = {(r.company, r.subject) for r in World(world.workspace.parent / "again").look().raised}
    assert len([who for who in first if who[0] == "acme"]) >= 1
    other = World(world.workspace.parent / "other")
    api.investigate(other.exports, other.workspace, now=NOW)
    other.do("judged", outcome="bona_fide")
    (other.workspace / "runs").rename(other.workspace / "gone")
    (other.workspace / "latest").unlink()
    news = other.look()
    assert {(r.company, r.subject) for r in news.raised} == {who for who in first if who[0] != "acme"}
