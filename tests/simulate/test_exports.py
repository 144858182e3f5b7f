"""Files have the documented shapes, and hold only invented people and reserved ranges."""

import importlib
import ipaddress
import re
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bonafides.records.base import Table
from bonafides.simulate import parquet
from bonafides.simulate.records import COLUMNS
from simulate.rows import log, table, text

RESERVED = [
    ipaddress.ip_network(block)
    for block in ("240.0.0.0/4", "198.18.0.0/15", "203.0.113.0/24", "10.0.0.0/8", "2001:db8::/32")
]
LOGS = ("okta_system_log", "entra_sign_in", "github_audit_log", "crowdstrike_fdr", "git_log")
FIRST, LAST = date(2026, 4, 2), date(2026, 6, 30)


def is_reserved(ip: str) -> bool:
    address = ipaddress.ip_address(ip)
    return any(address in block for block in RESERVED if block.version == address.version)


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_a_table_has_columns_of_the_record_table_and_all_required_ones(name: str) -> None:
    known: Table = importlib.import_module(f"bonafides.records.{name}").TABLE
    assert set(COLUMNS[name]) <= {column.name for column in known.columns}
    assert set(known.required) <= set(COLUMNS[name])


def test_required_cells_are_filled(exports: Path) -> None:
    seen: Counter[str] = Counter()
    for path in sorted(exports.glob("*/records/*")):
        if path.suffix == ".parquet":
            continue
        name = path.name.split(".")[0]
        known: Table = importlib.import_module(f"bonafides.records.{name}").TABLE
        for row in table(path):
            seen[name] += 1
            assert all(row.get(column) for column in known.required), (path, row)
    assert set(seen) == set(COLUMNS)


def test_every_form_of_table_is_used(exports: Path) -> None:
    endings = {path.name.split(".", 1)[1] for path in exports.glob("*/records/worker.*")}
    assert endings == {"csv", "csv.gz", "jsonl", "jsonl.gz", "parquet"}


def test_every_kind_of_log_is_written_and_lies_within_the_ninety_days(exports: Path) -> None:
    def day(event: dict[str, Any]) -> date:
        if "published" in event:
            return date.fromisoformat(event["published"][:10])
        if "createdDateTime" in event or "time" in event:
            return date.fromisoformat((event.get("createdDateTime") or event["time"])[:10])
        if "committed" in event:
            return datetime.fromisoformat(event["committed"]).astimezone(UTC).date()
        ms = int(event.get("timestamp") or event["@timestamp"])
        return datetime.fromtimestamp(ms / 1000, UTC).date()

    for source in LOGS:
        days = [day(event) for event in log(exports, source)]
        assert len(days) > 500, source
        assert FIRST <= min(days) <= max(days) <= LAST, source


def test_okta_events_have_the_shape_of_the_api(exports: Path) -> None:
    kinds: Counter[str] = Counter()
    for event in log(exports, "okta_system_log"):
        kinds[event["eventType"]] += 1
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", event["published"])
        assert event["actor"]["alternateId"].endswith(".example.com")
        assert event["client"]["ipAddress"] == event["request"]["ipChain"][0]["ip"]
        assert event["authenticationContext"]["externalSessionId"]
        assert isinstance(event["securityContext"]["isProxy"], bool)
        assert event["client"]["geographicalContext"]["country"]
    assert {"user.session.start", "user.authentication.sso", "user.authentication.auth_via_mfa"} <= set(kinds)
    assert kinds["user.mfa.factor.activate"] > 5


def test_entra_sign_ins_come_in_both_shapes(exports: Path) -> None:
    shapes: Counter[str] = Counter()
    for event in log(exports, "entra_sign_in"):
        inner = event.get("properties", event)
        shapes["monitor" if inner is not event else "graph"] += 1
        assert inner["userPrincipalName"].endswith(".example.com")
        assert inner["location"]["countryOrRegion"]
        if inner is not event:
            assert event["category"] == "SignInLogs"
            assert event["callerIpAddress"] == inner["ipAddress"]
    assert min(shapes.values()) > 500
    assert len(shapes) == 2


def test_github_shows_addresses_only_where_switched_on(exports: Path) -> None:
    shown: dict[str, set[bool]] = {}
    for event in log(exports, "github_audit_log"):
        shown.setdefault(event["org"], set()).add("actor_ip" in event)
        assert event["@timestamp"] == event["created_at"]
        assert "@" in event["external_identity_nameid"]
        assert "@" not in event["actor"]
    assert all(len(answers) == 1 for answers in shown.values())
    assert {answer for answers in shown.values() for answer in answers} == {True, False}


def test_endpoint_events_are_flat_text_and_name_their_computer(exports: Path) -> None:
    kinds: Counter[str] = Counter()
    agents: set[str] = set()
    named: set[str] = set()
    composite: dict[str, set[str]] = {}
    for event in log(exports, "crowdstrike_fdr"):
        kinds[event["event_simpleName"]] += 1
        assert all(isinstance(value, str) for value in event.values())
        agents.add(event["aid"])
        if event["event_simpleName"] == "AgentOnline":
            assert event["ComputerName"]
            assert event["SystemSerialNumber"]
            named.add(event["aid"])
        if event["event_simpleName"] == "DcUsbDeviceConnected":
            assert event["DeviceVendorId"].isdigit()
        if event["event_simpleName"] == "DcUsbInterfaceDescriptor":
            composite.setdefault(event["DeviceDescriptorSetHash"], set()).add(event["DeviceUsbClass"])
    wanted = {"ProcessRollup2", "DnsRequest", "NetworkConnectIP4", "DcUsbDeviceConnected", "AgentOnline", "HostInfo"}
    assert wanted <= set(kinds)
    # A laptop whose only day was a burst or a night does not introduce itself.
    assert len(named) > 0.97 * len(agents)
    assert any({"3", "8"} <= classes for classes in composite.values())


def test_addresses_are_reserved_ones(exports: Path) -> None:
    seen: set[str] = set()
    for path in exports.rglob("*"):
        if path.is_file() and path.suffix != ".parquet":
            content = text(path)
            seen.update(re.findall(r'"(?:ipAddress|actor_ip|aip|RemoteAddressIP4|LocalAddressIP4)":"([^"]+)"', content))
            seen.update(re.findall(r"(?<![\w.])(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?=[,;\"\n])", content))
    assert len(seen) > 500
    assert any(":" in ip for ip in seen)
    # Browser versions look like addresses (137.0.0.0); they end in .0.0.0.
    assert all(is_reserved(ip) for ip in seen if not ip.endswith(".0.0.0"))


def test_phones_and_mailboxes_are_reserved_ones(exports: Path) -> None:
    mails: set[str] = set()
    phones: set[str] = set()
    for path in exports.glob("*/records/*"):
        if path.suffix != ".parquet":
            content = text(path)
            mails.update(re.findall(r"[\w.+-]+@[\w.-]+", content))
            phones.update(re.findall(r"\+1\d{10}", content))
    assert len(mails) > 500
    assert len(phones) > 300
    assert all(re.search(r"@(?:[\w-]+\.)*example\.(?:com|net|org)$", mail) for mail in mails)
    assert all(re.fullmatch(r"\+1\d{3}55501\d\d", phone) for phone in phones)


def test_late_and_overlapping_files_occur(exports: Path) -> None:
    assert list(exports.glob("*/*/late-delivery.jsonl.gz"))
    twice = 0
    for folder in exports.glob("*/okta_system_log"):
        ids = Counter(line[:50] for path in folder.iterdir() for line in text(path).splitlines())
        twice += sum(count - 1 for count in ids.values())
    assert twice > 10


def test_parquet_is_read_back_by_a_trusted_reader(tmp_path: Path) -> None:
    columns = ("name", "born_on", "seen_at", "count", "share", "is_there")
    rows: list[tuple[parquet.Cell, ...]] = [
        ("ä" * n if n % 3 else None, f"2026-01-{n:02d}", f"2026-01-{n:02d}T01:02:03Z", n, n / 4, n % 2 == 0)
        for n in range(1, 29)
    ]
    rows.append((None, None, None, None, None, None))
    parquet.write(tmp_path / "t.parquet", columns, rows)
    read = duckdb.sql(f"SELECT * FROM '{tmp_path / 't.parquet'}'").fetchall()
    expected = [
        (
            name,
            date.fromisoformat(str(day)),
            datetime.fromisoformat(str(moment).removesuffix("Z")),
            count,
            share,
            flag,
        )
        for name, day, moment, count, share, flag in rows[:-1]
    ]
    assert read == [*expected, (None,) * 6]
