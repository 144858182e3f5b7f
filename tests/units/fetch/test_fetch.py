"""Events come in whole or not at all, each of them, once for each time it is asked for, and no secret goes astray."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from requests import Request

from bonafides import api
from bonafides.errors import BadSettings, TryLater
from bonafides.fetch.apis.google_workspace_reports import ServiceAccount
from bonafides.fetch.polite import Polite
from vendor import PAGE, SECRET, Vendor, account, event, serving

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SETTINGS = {
    "okta_system_log": {"domain": "acme.example"},
    "github_audit_log": {"organisation": "acme"},
    "entra_sign_in": {"tenant": "tenant-1", "client_id": "app-1"},
    "google_workspace_reports": {"application": "login", "admin": "admin@acme.example.com"},
    "slack_audit_log": {},
    "duo_authentication": {"host": "api.example", "integration": "DI-KEY"},
}
NAMES = sorted(SETTINGS)


class Caller:
    """Calls `fetch` for a vendor, remembering what it waited for."""

    def __init__(self, vendor: Vendor, exports: Path) -> None:
        self.vendor, self.exports, self.now = vendor, exports, NOW
        self.waits: list[float] = []

    def __call__(self, secret: str = SECRET, **more: str) -> Any:
        name = self.vendor.name
        given = {**SETTINGS[name], "base_url": self.vendor.url, "login": self.vendor.url, **more}
        kind = {"entra_sign_in": "client_secret", "duo_authentication": "key", "google_workspace_reports": "key"}
        told = account(secret) if name == "google_workspace_reports" else secret
        return api.fetch(
            name, "acme", self.exports, given=given, secrets={kind.get(name, "token"): told}, since="2026-03-08",
            clock=lambda: self.now, sleep=self.waits.append,
        )  # fmt: skip

    @property
    def files(self) -> list[Path]:
        return sorted((self.exports / "acme" / self.vendor.name).glob("*"))

    def brought(self) -> list[int]:
        events = [json.loads(line) for p in self.files for line in gzip.decompress(p.read_bytes()).splitlines()]
        assert all(e["big"] == 2**70 for e in events)
        return [e["n"] for e in events]


@pytest.fixture
def call(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Caller]:
    name = getattr(request, "param", "okta_system_log")
    events = [event(name, n, NOW - timedelta(hours=60) + timedelta(hours=3 * n)) for n in range(20)]
    vendor = Vendor(name, events, NOW)
    with serving(vendor):
        yield Caller(vendor, tmp_path / "exports")


def due(call: Caller) -> list[int]:
    """What must be there: from the first day on until the vendor's delay before now."""
    delay = api.apis()[call.vendor.name].delay
    first = datetime(2026, 3, 8, tzinfo=UTC)
    return [e["n"] for e in call.vendor.events if first <= e["at"] <= min(call.now, call.vendor.clock) - delay]


@pytest.mark.parametrize("call", NAMES, indirect=True)
def test_every_event_comes_in_and_the_next_call_goes_on(call: Caller) -> None:
    first = call()
    assert sorted(set(call.brought())) == due(call) and len(due(call)) > 2 * PAGE
    assert first.items == len(call.brought()) and first.files == len(call.files) >= 2
    asked = len(call.vendor.asked)
    call.vendor.events += [event(call.vendor.name, 100 + n, NOW + timedelta(minutes=n)) for n in range(2 * PAGE)]
    call.now = call.vendor.clock = NOW + timedelta(hours=10)
    second = call()
    assert sorted(set(call.brought())) == due(call) and 100 in due(call)
    assert second.until == call.now - api.apis()[call.vendor.name].delay
    assert len(call.vendor.asked) - asked <= 5, "what is there is not asked for again, but for what may have come late"
    assert call().files <= 1


@pytest.mark.parametrize("call", NAMES, indirect=True)
def test_what_may_pass_is_tried_again_and_waited_for_as_asked(call: Caller) -> None:
    reset = str(int((NOW + timedelta(seconds=30)).timestamp()))
    call.vendor.faults = [
        (429, {"Retry-After": "7"}),
        (503, {}),
        "cut",
        (429, {"X-Rate-Limit-Reset": reset}),
        None,
        (500, {}),
    ]
    call()
    assert sorted(set(call.brought())) == due(call)
    assert call.waits[0] == 7 and 31 in call.waits and len(call.waits) == 5


@pytest.mark.parametrize("call", NAMES, indirect=True)
def test_a_stretch_that_breaks_off_leaves_nothing_and_is_asked_for_again(call: Caller) -> None:
    call.vendor.faults = [None, *[(500, {})] * 50]
    with pytest.raises(TryLater, match="answered 500 7 times"):
        call()
    assert call.brought() == [], "its first page came, its second did not"
    call.vendor.faults.clear()
    call()
    assert sorted(set(call.brought())) == due(call)
    assert [p.name for p in (call.exports / "acme").rglob("*.part")] == []


@pytest.mark.parametrize("call", NAMES, indirect=True)
def test_a_secret_that_is_not_accepted_is_said_and_not_tried_again(call: Caller) -> None:
    with pytest.raises(BadSettings, match="not accepted"):
        call(secret="wrong-one")
    assert call.waits == []
    kept = [path.read_bytes() for path in call.exports.rglob("*") if path.is_file()]
    assert not any(SECRET.encode() in data or b"wrong-one" in data for data in kept)


def test_secrets_are_written_nowhere(call: Caller, capfd: pytest.CaptureFixture[str]) -> None:
    call()
    call.vendor.faults = [(403, {})]
    call.now = call.vendor.clock = NOW + timedelta(days=1)
    with pytest.raises(BadSettings) as why:
        call()
    out = capfd.readouterr()
    assert SECRET not in str(why.value) + out.out + out.err
    assert not any(SECRET.encode() in p.read_bytes() for p in call.exports.rglob("*") if p.is_file())


def test_an_answer_cannot_lead_a_secret_to_another_host(call: Caller) -> None:
    call.vendor.faults = ["elsewhere"]
    with pytest.raises(TryLater, match="another host"):
        call()
    assert call.brought() == []


@pytest.mark.parametrize(("fault", "why"), [("again", "leads back"), ("html", "not JSON")])
def test_pages_that_go_in_circles_or_are_none_end_the_stretch(call: Caller, fault: str, why: str) -> None:
    call.vendor.faults = [fault] * 9
    with pytest.raises(TryLater, match=why):
        call()
    assert call.brought() == []


def test_more_patience_than_a_run_has_is_another_runs(call: Caller) -> None:
    call.vendor.faults = [(429, {"Retry-After": "3600"})]
    with pytest.raises(TryLater, match="60 minutes"):
        call()
    assert call.waits == []


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_clock_that_is_wrong_loses_nothing(call: Caller, hours: int) -> None:
    """Ours behind or ahead of the vendor's: what came in meanwhile is brought by the next call."""
    call.now = NOW + timedelta(hours=hours)
    call()
    call.vendor.events.append(event("okta_system_log", 50, NOW + timedelta(minutes=30)))
    call.vendor.events.append(event("okta_system_log", 51, NOW - timedelta(minutes=4)))  # late, within the delay
    call.vendor.clock = NOW + timedelta(hours=12)
    call.now = call.vendor.clock + timedelta(hours=hours)
    call()
    assert {50, 51} <= set(call.brought())
    assert sorted(set(call.brought())) == sorted(due(call))


def test_settings_and_secrets_that_are_missing_are_named(call: Caller) -> None:
    with pytest.raises(BadSettings, match="secret missing: token"):
        call(secret="")
    with pytest.raises(BadSettings, match="setting missing: domain"):
        call(domain="")
    for wrong in ("https://acme.okta.com", "acme okta", "acme.okta.com/"):
        with pytest.raises(BadSettings, match=re.escape(f"such as acme.okta.com), not {wrong}")):
            call(domain=wrong)
    with pytest.raises(BadSettings, match="has no API here"):
        api.fetch("git_log", "acme", call.exports, clock=lambda: NOW, sleep=call.waits.append)
    for name in ("../acme", ".acme", ""):
        with pytest.raises(BadSettings, match="company"):
            api.fetch("okta_system_log", name, call.exports, clock=lambda: NOW, sleep=call.waits.append)


def copied(exports: Path, url: str, source: str = "crowdstrike_fdr") -> Any:
    silent: Callable[[float], None] = [].append
    return api.fetch(source, "acme", exports, from_url=url, clock=lambda: NOW, sleep=silent)


def test_a_buckets_objects_come_once_and_again_when_they_change(tmp_path: Path) -> None:
    bucket, exports = tmp_path / "bucket", tmp_path / "exports"
    for n in range(3):
        path = bucket / "data" / f"batch-{n}" / "part.gz"
        path.parent.mkdir(parents=True)
        path.write_bytes(gzip.compress(b'{"n": %d}' % n))
    url = f"file://{bucket}/data"
    assert copied(exports, url).files == 3
    there = exports / "acme" / "crowdstrike_fdr"
    assert gzip.decompress((there / "batch-2" / "part.gz").read_bytes()) == b'{"n": 2}'
    assert copied(exports, url).files == 0
    path.write_bytes(gzip.compress(b'{"n": 22, "more": 1}'))
    (there / "batch-0" / "part.gz").unlink()
    assert copied(exports, url).files == 2
    assert gzip.decompress((there / "batch-2" / "part.gz").read_bytes()) == b'{"n": 22, "more": 1}'
    with pytest.raises(BadSettings, match="no source"):
        copied(exports, url, "crowdstrike")
    with pytest.raises(BadSettings, match="nowhere"):
        copied(exports, "nowhere://bucket/data")


def test_a_link_brings_the_file_that_it_leads_to_and_no_folder(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "one.json").write_bytes(b"one" * 100)
    (tmp_path / "data" / "folder").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "data" / "file.json").symlink_to(tmp_path / "elsewhere" / "one.json")
    said: list[str] = []
    url = f"file://{tmp_path}/data"
    told = api.fetch(
        "git_log", "acme", tmp_path / "exports", from_url=url, clock=lambda: NOW, sleep=[].append, say=said.append
    )
    assert told.files == 1 and any("folder leads to another folder" in line for line in said)
    assert (tmp_path / "exports/acme/git_log/file.json").read_bytes() == b"one" * 100


def test_a_bucket_that_breaks_off_leaves_whole_files_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    system = fsspec.filesystem("memory")
    system.pipe({"/b/1.json": b"whole", "/b/2.json": b"cut off"})
    exports, opened = tmp_path / "exports", type(system).open

    def broken(self: Any, path: str, *more: Any, **also: Any) -> Any:
        if path.endswith("2.json"):
            raise OSError("connection reset")
        return opened(self, path, *more, **also)

    monkeypatch.setattr(type(system), "open", broken)
    with pytest.raises(TryLater):
        copied(exports, "memory://b")
    there = exports / "acme" / "crowdstrike_fdr"
    assert [p.name for p in there.iterdir()] == ["1.json"]
    monkeypatch.undo()
    assert copied(exports, "memory://b").files == 1
    assert (there / "2.json").read_bytes() == b"cut off"


@pytest.fixture
def okta(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[tuple[Vendor, list[str]]]:
    """A vendor, and the command line that asks it."""
    from bonafides.cli import fetch as verb

    vendor = Vendor(
        "okta_system_log", [event("okta_system_log", n, NOW - timedelta(hours=n)) for n in range(1, 9)], NOW
    )
    monkeypatch.setattr(verb, "now", lambda: NOW)
    with serving(vendor):
        known = ("--company", "acme", "--set", "domain=acme.example", "--set", f"base_url={vendor.url}")
        yield vendor, ["fetch", "okta_system_log", str(tmp_path / "exports"), *known, "--since", "2026-03-09"]


def test_the_command_takes_secrets_from_the_environment_or_the_keyring(
    okta: tuple[Vendor, list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import keyring

    from bonafides.cli.main import run

    vendor, line = okta
    ring: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda service, name: ring.get((service, name)))
    assert run(line) == 2 and "secret missing: token" in capsys.readouterr().err
    ring["bonafides", "okta_system_log.token"] = SECRET
    assert run(line) == 0 and "files: 1, events: 8, everything until 2026-03-10 11:55" in capsys.readouterr().out
    ring.clear()
    monkeypatch.setenv("BONAFIDES_OKTA_SYSTEM_LOG_TOKEN", SECRET)
    assert run([*line, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["until"].startswith("2026-03-10T11:55")
    assert vendor.refused == 0
    monkeypatch.setenv("BONAFIDES_OKTA_SYSTEM_LOG_TOKEN", "wrong-one")
    monkeypatch.setattr("bonafides.cli.fetch.now", lambda: NOW + timedelta(days=1))
    assert run(line) == 2 and "not accepted" in capsys.readouterr().err


def test_what_is_fetched_is_read(
    okta: tuple[Vendor, list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from bonafides.cli.main import run

    vendor, line = okta
    for one in vendor.events:
        one |= {"eventType": "user.session.start", "actor": {"alternateId": "mia@acme.example", "type": "User"}}
        one |= {"client": {"ipAddress": "198.51.100.9"}, "outcome": {"result": "SUCCESS"}}
    monkeypatch.setenv("BONAFIDES_OKTA_SYSTEM_LOG_TOKEN", SECRET)
    assert run(line) == 0
    told = api.investigate(tmp_path / "exports", tmp_path / "ws", now=NOW)
    assert sum(ledger.kept for ledger in told.ledgers) == 8


def test_a_service_account_s_token_is_asked_for_anew_before_it_ends(call: Caller) -> None:
    vendor = Vendor("google_workspace_reports", [], NOW)
    with serving(vendor):
        hosts = frozenset({vendor.url.removeprefix("http://")})
        with Polite(hosts, lambda: vendor.clock, call.waits.append) as session:
            auth = ServiceAccount(account(SECRET), "admin@acme.example.com", vendor.url, session)
            told = []
            for minutes in (0, 50, 8, 59):
                vendor.clock += timedelta(minutes=minutes)
                told.append(auth(Request("GET", vendor.url).prepare()).headers["Authorization"])
    assert told == [f"Bearer of-an-hour-{n}" for n in (1, 1, 2, 3)]


@pytest.mark.parametrize("key", ["", "a token", "[]", '{"client_email": "a@example.com"}'])
@pytest.mark.parametrize("call", ["google_workspace_reports"], indirect=True)
def test_what_is_no_service_account_s_key_is_said_to_be_none(call: Caller, key: str) -> None:
    given = {**SETTINGS["google_workspace_reports"], "base_url": call.vendor.url}
    with pytest.raises(BadSettings, match="key"):
        api.fetch(
            call.vendor.name, "acme", call.exports, given=given, secrets={"key": key},
            clock=lambda: NOW, sleep=call.waits.append,
        )  # fmt: skip
    assert not call.vendor.asked
