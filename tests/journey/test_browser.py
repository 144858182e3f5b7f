"""From the overview to a decided case and a referral pack, in a real browser, by mouse and by keyboard."""

import json
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn

import small_world
from bonafides import api
from bonafides.console.app import make

playwright = pytest.importorskip("playwright.sync_api")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def _serving(workspace: Path, actor: str, role: str) -> tuple[uvicorn.Server, threading.Thread, str, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = make(workspace, actor=actor, role=role, clock=lambda: NOW)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    return server, thread, f"http://127.0.0.1:{port}", app.state.room.entrance.key


@pytest.fixture
def consoles(tmp_path: Path) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """An analyst's console, and a reviewer's, over one workspace: the address and the key of each."""
    api.investigate(small_world.write(tmp_path), tmp_path / "ws", now=NOW)
    running = [_serving(tmp_path / "ws", "mia", "analyst"), _serving(tmp_path / "ws", "ines", "reviewer")]
    yield running[0][2:], running[1][2:]
    for server, thread, *_ in running:
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_from_the_overview_to_a_decided_case_and_a_referral_pack(
    chromium: Any, consoles: tuple[tuple[str, str], tuple[str, str]], way: str
) -> None:
    (mia, key), (ines, other) = consoles
    page = chromium.new_context().new_page()
    # The reviewer's console in the same browser: cookies know no ports.
    second = page.context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    def press(where: Any) -> None:
        if way == "mouse":
            where.click()
        else:
            where.focus()
            page.keyboard.press("Enter")

    page.goto(f"{mia}/?key={key}")
    press(page.locator("a[href^='/network/']").first)
    page.get_by_label("Title, without names").fill("Farm")
    press(page.get_by_role("button", name="Open a case"))
    page.wait_for_url("**/cases/C-0001")
    person = page.locator("article").first
    press(person.locator("summary").first)
    form = person.locator("form").first
    form.get_by_label("Decision").select_option("false_claim")
    form.get_by_label("custody").check()
    form.get_by_label("What was found right instead").select_option("stand_in")
    form.get_by_label("Reason").fill("the computer was not shown")
    press(form.get_by_role("button", name="Decide"))
    page.wait_for_selector("text=Waits for a second person")
    second.goto(f"{ines}/?key={other}")
    second.goto(f"{ines}/cases/C-0001")
    second.get_by_role("button", name=re.compile(r"Agree to \d+")).click()
    second.wait_for_selector("text=false claim (custody)")
    page.goto(f"{mia}/cases/C-0001")
    press(page.locator("summary", has_text="Export"))
    page.get_by_label("Format").select_option("referral")
    with page.expect_download() as coming:
        press(page.get_by_role("button", name="Export"))
    pack = json.loads(Path(coming.value.path()).read_text("utf-8"))
    assert [p["decision"] for p in pack["parties"]["subjects"]].count("false_claim") == 1
    assert {url.split("/")[2] for url in asked} == {mia.split("/")[2]}, "nothing from outside"
    page.context.close()


def test_a_networks_picture_is_narrowed_by_kind_day_and_what_one_touches(
    chromium: Any, consoles: tuple[tuple[str, str], tuple[str, str]]
) -> None:
    (home, key), _ = consoles
    page = chromium.new_context().new_page()
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.goto(f"{home}/?key={key}")
    page.locator("a[href^='/network/']").first.click()
    page.wait_for_selector("#graph:not([hidden])")
    hubs, people = page.locator("g.h:not(.off)"), page.locator("a.m:not(.faint)")
    whole = hubs.count()
    assert whole >= 3 and people.count() == 4
    assert page.locator("#g-says").inner_text().startswith("4 people at 3 companies")
    page.get_by_role("checkbox", name="phone").uncheck()
    assert hubs.count() < whole
    page.get_by_role("checkbox", name="phone").check()
    page.get_by_label("As known on").fill("0")
    assert hubs.count() < whole, "on the first day less was known"
    page.get_by_label("As known on").fill("100")
    page.get_by_label("Mark people of").select_option("borealis")
    assert page.locator("a.m.marked").count() == 2
    page.locator("g.h[data-kind=ip]").focus()
    page.keyboard.press("Enter")
    assert "1 shared things" in page.locator("#g-says").inner_text()
    page.get_by_role("button", name="One step further").click()
    assert "1 shared things" not in page.locator("#g-says").inner_text()
    page.get_by_role("button", name="Everything").click()
    assert hubs.count() == whole and page.locator("g.h.faint").count() == 0 and troubles == []
    page.context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_pages_are_for_everybody(
    chromium: Any, consoles: tuple[tuple[str, str], tuple[str, str]], scheme: str, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 800}).new_page()
    home, key = consoles[0]
    page.goto(f"{home}/?key={key}")
    places = [page.locator(f"a[href^='/{what}/']").first.get_attribute("href") for what in ("network", "subject")]
    places.append(f"{places[-1]}/evidence")
    page.goto(home + places[0])
    page.get_by_label("Title, without names").fill("Farm")
    page.get_by_role("button", name="Open a case").click()
    for path in (
        "/",
        *places,
        "/cases",
        "/cases/C-0001",
        "/readiness",
        "/indicators",
        "/indicators/shared_exit",
        "/runs",
        "/ledger",
        "/administration",
        "/search?q=acme",
        "/x",
    ):
        page.goto(home + path)
        for summary in page.locator("summary").all():
            summary.click()
        found = axe.run(page, options={"runOnly": RULES}).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} is wider than the window"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip" or page.locator("summary").count()
    page.context.close()
