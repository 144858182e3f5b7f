"""The console: what it shows is masked, what changes anything needs its token, and no role goes beyond what it may."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

import small_world
from bonafides import api
from bonafides.cases.rules import MAY, ROLES
from bonafides.console.app import make
from bonafides.console.entrance import Member
from bonafides.console.forms import DEEDS, ON_SUBJECT
from bonafides.decisions.entry import KINDS

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SECRETS = (*small_world.NAMES, "W-90", "Ashgrove", small_world.FARM_ACCOUNT, small_world.FARM_LINE)


class House:
    """One workspace, with a console for whoever asks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        api.investigate(small_world.write(folder), folder / "ws", now=NOW)
        moments = (NOW + timedelta(minutes=n) for n in range(100_000))
        self.clock = lambda: next(moments)
        self.database = f"sqlite:///{folder}/d.sqlite"

    def console(self, actor: str = "mia", role: str = "analyst") -> TestClient:
        app = make(self.folder / "ws", actor=actor, role=role, clock=self.clock, database=self.database)
        client = TestClient(app, follow_redirects=False)
        client.headers["Authorization"] = f"Bearer {app.state.room.entrance.bearer}"
        assert client.get(f"/?key={app.state.room.entrance.key}").status_code == 303
        return client

    def network(self) -> str:
        row = api.export(self.folder / "ws", "network", format="csv", masked=False).decode().splitlines()[1]
        return row.split(",")[0]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(tmp_path_factory.mktemp("console"))


@pytest.fixture
def house(built: House) -> Iterator[House]:
    """With an empty ledger."""
    yield built
    (built.folder / "d.sqlite").unlink(missing_ok=True)


def token(client: TestClient) -> str:
    return re.findall(r'name="token" value="([^"]+)"', client.get("/administration").text)[0]


def send(client: TestClient, path: str, **given: Any) -> Any:
    return client.post(path, data={"token": token(client), **given})


def opened(client: TestClient, network: str) -> str:
    answer = send(client, "/cases", title="farm", network_id=network)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).rpartition("/")[2]


def deeds(client: TestClient) -> list[str]:
    """What was done, without who looked at what."""
    desk = client.app.state.room.desk(Member("nobody", "viewer"))  # type: ignore[attr-defined]  # an ASGI app has none
    return [entry.deed.kind for entry in desk.entries() if entry.deed.kind != "viewed"]


def asked(client: TestClient, case: str) -> str:
    """The entry that waits for a second person's word."""
    return re.findall(r"Agree to (\d+)", client.get(f"/cases/{case}").text)[0]


def links(client: TestClient, path: str, what: str) -> list[str]:
    return sorted(set(re.findall(rf'href="({what}[^"#]*)"', client.get(path).text)))


def everything(client: TestClient) -> list[str]:
    """Every page that can be reached from the overview."""
    seen, todo = set[str](), ["/"]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.text[:300])
        if "text/html" in answer.headers["content-type"] and path != "/report":
            todo += [href.replace("&amp;", "&") for href in re.findall(r'href="(/[^"#]*)', answer.text)]
    return sorted(seen)


def test_every_page_that_a_link_leads_to_opens_and_names_nobody(house: House) -> None:
    mia = house.console()
    opened(mia, house.network())
    paths = everything(mia)
    assert {"/", "/cases", "/cases/C-0001", "/readiness", "/indicators", "/runs", "/ledger", "/report"} <= set(paths)
    assert sum(path.startswith("/subject/") for path in paths) >= 4
    for path in (*paths, "/search?q=worker", "/api/worklist", "/api/networks", "/api/cases"):
        text = mia.get(path).text
        assert [word for word in SECRETS if word in text] == [], path
    evidence = mia.get(next(path for path in paths if path.endswith("/evidence"))).text
    assert "records/sign_in.csv" in evidence and re.search(r"<code>[0-9a-f]{64}</code>", evidence)
    tag = next(path for path in paths if path.startswith("/subject/") and not path.endswith("/evidence"))
    assert [word for word in SECRETS if word in mia.get(tag.replace("/subject/", "/api/subjects/")).text] == []


def test_nothing_is_loaded_from_elsewhere_and_one_script_of_ours_runs(house: House) -> None:
    mia = house.console()
    for path in everything(mia):
        answer = mia.get(path)
        assert answer.headers["x-content-type-options"] == "nosniff" and answer.headers["cache-control"] == "no-store"
        policy = answer.headers["content-security-policy"]
        if path == "/report":
            assert "frame-ancestors 'none'" in policy and "default-src &#39;none&#39;" in answer.text
        else:
            assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'")
            assert "<script" not in answer.text.replace('<script src="/graph.js" defer></script>', "")
            assert not re.search(r"<[^>]*\s(?:style|on\w+)=", answer.text), "neither runs nor styles inside a page"
            assert not re.search(r'(?:src|href|action)="(?:https?:)?//', answer.text)


def test_a_case_is_decided_by_two_and_seen_in_clear_after_both_agreed(house: House) -> None:
    mia, ines = house.console(), house.console("ines", "reviewer")
    case = opened(mia, house.network())
    page = mia.get(f"/cases/{case}").text
    company, tag = re.findall(r'href="/subject/(acme)/([^"]+)"', page)[0]
    who = {"company": company, "tag": tag}
    told = {**who, "outcome": "false_claim", "claims": ["custody", "payee"], "explanation": "stand_in", "reason": "x"}
    assert send(mia, f"/cases/{case}/deeds/judged", **told).status_code == 303
    assert "Agree to" not in mia.get(f"/cases/{case}").text, "not by the one who asked"
    judged = asked(ines, case)
    assert send(mia, f"/cases/{case}/deeds/agreed", entry=judged).status_code == 400
    assert send(ines, f"/cases/{case}/deeds/agreed", entry=judged).status_code == 303
    assert "false claim (custody, payee)" in mia.get(f"/cases/{case}").text
    assert mia.get(f"/cases/{case}/clear/{company}/{tag}").status_code == 400
    assert send(mia, f"/cases/{case}/deeds/reveal_asked", **who, reason="letter").status_code == 303
    assert send(ines, f"/cases/{case}/deeds/agreed", entry=asked(ines, case)).status_code == 303
    clear = mia.get(f"/cases/{case}/clear/{company}/{tag}")
    assert clear.status_code == 200 and "W-901" in clear.text and "in the ledger" in clear.text
    assert "revealed" in mia.get("/ledger").text
    answer = send(mia, f"/cases/{case}/export", format="referral")
    assert answer.status_code == 200 and answer.json()["case"]["id"] == case
    assert f"{case}-referral.json" in answer.headers["content-disposition"]
    dismissed = {row["decision"] for row in answer.json()["parties"]["subjects"]}
    assert dismissed == {None, "false_claim"}
    assert re.search(r"<td class=\"num\">1</td>", mia.get("/indicators").text), "an indicator was confirmed once"


def test_tasks_notes_and_the_rest_of_the_forms_do_what_they_say(house: House) -> None:
    mia = house.console()
    first, second = opened(mia, house.network()), opened(mia, house.network())
    assert send(mia, f"/cases/{first}/deeds/tests").status_code == 303
    page = mia.get(f"/cases/{first}").text
    number = re.findall(r'name="task" value="(\d+)"', page)[0]
    assert send(mia, f"/cases/{first}/deeds/task_done", task=number).status_code == 303
    given = {
        "text": "called <b>payroll</b>",
        "to": second,
        "reason": "done",
        "until": "2027-01-01",
        "indicator": "shared_exit",
    }
    company, tag = re.findall(r'href="/subject/(acme)/([^"]+)"', page)[0]
    for kind, (_, fields) in {**ON_SUBJECT, **DEEDS}.items():
        told = {f.name: given.get(f.name, f.choices[0] if f.choices else "") for f in fields if f.type != "several"}
        about = {"company": company, "tag": tag} if kind in ON_SUBJECT else {}
        answer = send(mia, f"/cases/{first}/deeds/{kind}", **told, **about)
        assert answer.status_code == 303, (kind, answer.text)
    page = mia.get(f"/cases/{first}").text
    assert "called &lt;b&gt;payroll&lt;/b&gt;" in page and "Closed" in page and "done by mia" in page


def test_nothing_changes_without_the_token(house: House) -> None:
    mia = house.console()
    case = opened(mia, house.network())
    for path, data in (
        ("/cases", {"title": "x"}),
        (f"/cases/{case}/deeds/noted", {"text": "x"}),
        (f"/cases/{case}/export", {"format": "stix"}),
    ):
        for wrong in ({}, {"token": ""}, {"token": "x" * 43}):
            answer = mia.post(path, data={**data, **wrong})
            assert answer.status_code in (403, 422), path
    stranger = TestClient(mia.app)
    for path in ("/", "/cases", f"/cases/{case}", "/report", "/ledger", "/?key=wrong"):
        answer = stranger.get(path)
        assert answer.status_code == 403 and "serve" in answer.text and "worker " not in answer.text
    assert stranger.get("/style.css").status_code == 200
    for path in ("/api/worklist", "/api/cases", "/api/networks", "/api/ledger", "/api/openapi.json"):
        assert stranger.get(path).status_code == 401
        for said in ("Bearer " + "x" * 43, "Basic eA==", token(mia), f"Bearer {token(mia)}"):
            assert stranger.get(path, headers={"Authorization": said}).status_code == 401
    assert stranger.post(f"/api/cases/{case}/deeds/noted", json={"text": "x"}).status_code == 401
    assert deeds(mia) == ["case_opened"]


def test_only_this_machine_is_answered(house: House) -> None:
    mia = house.console()
    assert mia.get("/", headers={"Host": "insider.example"}).status_code == 400
    assert mia.get("/", headers={"Host": "127.0.0.1:8484"}).status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_every_route_with_every_role(house: House, role: str) -> None:
    lead = house.console("lead", "analyst")
    case = opened(lead, house.network())
    company, tag = re.findall(r'href="/subject/(acme)/([^"]+)"', lead.get(f"/cases/{case}").text)[0]
    judged = lead.post(
        f"/api/cases/{case}/deeds/judged", json={"company": company, "tag": tag, "outcome": "unresolved", "reason": "x"}
    )
    assert judged.status_code == 200
    one = house.console("somebody", role)
    places = {"company": company, "tag": tag, "case_id": case, "network_id": house.network(), "name": "shared_exit"}
    seen = 0
    for route in one.app.routes:  # type: ignore[attr-defined]  # an ASGI app in general has none
        if not isinstance(route, APIRoute):
            continue
        for kind in sorted(KINDS) if "{kind}" in route.path else [""]:
            path = route.path.format(**places, kind=kind)
            seen += 1
            before = deeds(lead)
            if "GET" in route.methods:
                answer = one.get(path)
                assert answer.status_code == (400 if "/clear/" in path else 200), path
                continue
            body = {"company": company, "tag": tag, "text": "x", "title": "x", "format": "stix", "reason": "x"}
            body |= {"name": "x", "until": "2027-01-01", "scopes": "read", "sha256": "0" * 64}
            answer = one.post(path, json=body) if path.startswith("/api") else send(one, path, **body)
            assert answer.status_code < 500
            name = {
                "/cases": "case_opened",
                f"/cases/{case}/export": "exported",
                "/administration/tokens": "token_made",
                "/administration/tokens/end": "token_ended",
            }.get(path, kind)
            if role not in MAY[name]:
                assert deeds(lead) == before and answer.status_code in (400, 404), f"{role} may not {name}"
    assert seen > 40


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/subject/acme/worker-000000", 404),
        ("/subject/nowhere/worker-000000", 404),
        ("/network/N-none", 404),
        ("/indicators/nothing", 404),
        ("/subject/acme/worker-000000/evidence", 404),
        ("/cases/C-0099", 404),
        ("/nothing", 404),
        ("/?number=99", 200),
        ("/?number=0", 422),
        ("/?number=9223372036854775807", 422),
        ("/?number=x", 422),
        ("/?tier=%27", 422),
        ("/search?q=%00%27%22<script>", 200),
        ("/search", 200),
        ("/api/subjects/acme/worker-000000", 404),
        ("/api/cases/C-0001/deeds/nothing", 405),
    ],
)
def test_what_is_asked_wrongly_is_said_and_breaks_nothing(house: House, path: str, code: int) -> None:
    answer = house.console().get(path)
    assert answer.status_code == code and "<script>" not in answer.text


@pytest.mark.parametrize(
    ("kind", "told", "code"),
    [
        ("nothing", {}, 404),
        # What the ledger says of itself is not said by whoever sends a form.
        ("viewed", {"what": "x"}, 404),
        ("exported", {"what": "x", "format": "stix", "sha256": "0" * 64}, 404),
        ("revealed", {"company": "acme", "tag": "worker-000000"}, 404),
        ("token_made", {"name": "x", "scopes": "work", "until": "2026-12-31", "sha256": "a" * 64}, 404),
        ("token_ended", {"sha256": "a" * 64}, 404),
        ("judged", {"tag": "worker-000000"}, 404),
        ("judged", {"company": "acme", "outcome": "bona_fide", "reason": "x"}, 400),
        ("noted", {"text": "x", "subject_id": "W-1"}, 400),
        ("noted", {"text": "x", "claim": "payee"}, 400),
        ("task_done", {"task": "²"}, 400),
        ("task_done", {"task": "1" * 5000}, 400),
        ("task_done", {"task": "0"}, 400),
        ("agreed", {"entry": "-1"}, 400),
    ],
)
def test_a_form_that_was_not_ours_is_refused_and_writes_nothing(
    house: House, kind: str, told: dict[str, str], code: int
) -> None:
    ines = house.console("ines", "reviewer")
    case = opened(ines, house.network())
    assert send(ines, f"/cases/{case}/deeds/{kind}", **told).status_code == code
    assert deeds(ines) == ["case_opened"]


def test_programs_do_the_same_as_pages(house: House) -> None:
    mia, ines = house.console(), house.console("ines", "reviewer")
    case = opened(mia, house.network())
    row = next(r for r in mia.get("/api/worklist").json()["rows"] if r["company"] == "acme")
    tag = row["subject"].replace(" ", "-")
    told = {"company": "acme", "tag": tag, "outcome": "false_claim", "claims": ["payee"], "reason": "x"}
    entry = mia.post(f"/api/cases/{case}/deeds/judged", json=told).json()["entry"]
    assert mia.post(f"/api/cases/{case}/deeds/agreed", json={"entry": entry}).status_code == 400
    assert ines.post(f"/api/cases/{case}/deeds/agreed", json={"entry": entry}).status_code == 200
    found = mia.get("/api/ledger").json()
    assert found["broken"] is None and deeds(mia) == ["case_opened", "judged", "agreed"]
    described = mia.get("/api/openapi.json").json()
    assert sorted(described["paths"]) == [
        "/api/cases", "/api/cases/{case_id}/deeds/{kind}", "/api/ledger", "/api/networks",
        "/api/subjects/{company}/{tag}", "/api/worklist",
    ]  # fmt: skip


def test_the_newest_run_is_shown_without_a_new_start(tmp_path: Path) -> None:
    house = House(tmp_path)
    mia = house.console()
    before = mia.get("/runs").text
    (tmp_path / "exports" / "cumulus" / "records" / "worker.csv").write_text("worker_id\nW-77\n")
    told = api.investigate(tmp_path / "exports", tmp_path / "ws", now=NOW)
    assert told.run_id not in before and told.run_id in mia.get("/runs").text
    assert told.run_id in mia.get("/").text
