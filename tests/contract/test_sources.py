"""What every source promises, whoever wrote it: put to each with its own samples."""

import copy
import ipaddress
import json
import os
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

import bonafides.sources
from bonafides.errors import BadUnit
from bonafides.sources.base import Source, load, of_table
from bonafides.store.portable import not_portable
from bonafides.store.sql import tables_read
from bonafides.workflow.ingest import record_tables, sources
from reading import SAMPLES, Reading, export, read, sample_files

ALL = sources()
LOGS = {name: source for name, source in ALL.items() if not name.startswith("records/")}
TABLES = record_tables()
SHARED = Path(__file__).parents[3] / "shared" / "data"  # beside the project's root
VENDOR_LOGS = SHARED / "vendor-logs"
# Published files that a source reads, as patterns under the folder of shared data, are named beside its samples.
PUBLISHED = {
    name: patterns
    for name in LOGS
    if (patterns := yaml.safe_load((SAMPLES / name / "expect.yaml").read_text("utf-8")).get("published"))
}

Item = dict[str, Any]


def items_of(source: str) -> list[Item]:
    """The items of a source's samples that are written as JSON, one a line."""
    if LOGS[source].format == "lines":
        pytest.skip("its items are lines of text, which have no fields")
    lines = [p.read_text("utf-8").splitlines() for p in sample_files(source) if p.suffix == ".jsonl"]
    return [json.loads(line) for file in lines for line in file]


def write_items(exports: Path, source: str, company: str, items: list[Item]) -> None:
    export(exports, f"{source}/items.jsonl", "".join(json.dumps(item) + "\n" for item in items), company)


def read_items(exports: Path, source: str, items: list[Item]) -> Reading:
    write_items(exports, source, "acme", items)
    return read(exports)


def inside(value: Item, at: tuple[str, ...]) -> Iterator[Item]:
    """The object at a path of an item, if it is there; case does not count."""
    for part in at:
        found = next((v for k, v in value.items() if k.lower() == part.lower()), None)
        if not isinstance(found, dict):
            return
        value = found
    yield value


@pytest.fixture(params=sorted(LOGS))
def log(request: pytest.FixtureRequest) -> Source:
    return LOGS[request.param]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reading]:
    """Every source's samples, read once."""
    found = {}
    for source in LOGS:
        root = tmp_path_factory.mktemp(source)
        for path in sample_files(source):
            export(root, f"{source}/{path.name}", path.read_bytes())
        found[source] = read(root)
    return found


def test_id_is_the_name_of_the_file(log: Source) -> None:
    (path,) = (p for p in Path(_folder()).rglob("*.sql") if p.stem == log.id)
    assert load(path).id == log.id == path.stem


def _folder() -> str:
    return next(iter(bonafides.sources.__path__))


@pytest.mark.parametrize("name", sorted(ALL))
def test_selects_read_nothing_but_raw_items_in_the_portable_profile(name: str) -> None:
    for table, select in ALL[name].selects.items():
        assert tables_read(select) == {"raw"}, table
        assert not_portable(select) == [], table


def test_conditions_of_the_header_are_in_the_portable_profile(log: Source) -> None:
    for condition in [*log.set_aside.values(), log.adds or "true"]:
        assert not_portable(f"SELECT item FROM raw WHERE {condition}") == [], condition


def test_rows_hold_every_column_that_their_table_requires(log: Source, plain: dict[str, Reading]) -> None:
    assert plain[log.id].rows
    for table, rows in plain[log.id].rows.items():
        known = {c.name for c in TABLES[table].columns} | {"company", "event_ref", "source"}
        for row in rows:
            assert set(TABLES[table].required) <= set(row) <= known
            assert row["source"] == log.id


def test_order_of_files_and_lines_does_not_change_the_rows(
    log: Source, plain: dict[str, Reading], tmp_path: Path
) -> None:
    for number, path in enumerate(reversed(sample_files(log.id))):
        content = path.read_bytes()
        if path.suffix == ".jsonl":
            content = b"".join(reversed(content.splitlines(keepends=True)))
        export(tmp_path, f"{log.id}/{number}/{path.name}", content)
    assert read(tmp_path).unplaced == plain[log.id].unplaced


def test_what_comes_twice_is_counted_and_changes_no_row(log: Source, plain: dict[str, Reading], tmp_path: Path) -> None:
    for path in sample_files(log.id):
        export(tmp_path, f"{log.id}/{path.name}", path.read_bytes())
        export(tmp_path, f"{log.id}/again/{path.name}", path.read_bytes())
    twice = read(tmp_path)
    assert twice.unplaced == plain[log.id].unplaced
    once = plain[log.id].ledgers.values()
    assert sum(led.kept for led in twice.ledgers.values()) == sum(led.kept for led in once)
    assert sum(led.items for led in twice.ledgers.values()) == 2 * sum(led.items for led in once)


# What no field means: empty, cut short, of another type, of another size, no text, nearly JSON, nearly a time.
ODD = ["", "x" * 5000, "\x00", "9" * 400, "1e400", "0000-00-00", "2026-03-02T14:00:00+99:00", '{"a":', "[", '"', "%ZZ%"]
ODD += ["::1%eth0", "a@", -1, 10**30, 1e308, False, None, [], {}, [None], {"a": {"b": [1]}}, ["x", {"y": 1}], 2**63]


def places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where there is something in an item."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, under in inner:
        yield (*at, key)
        yield from places(under, (*at, key))


def test_no_value_in_any_place_stops_the_source(log: Source, tmp_path: Path) -> None:
    changed = []
    for item in items_of(log.id):
        for n, (*at, last) in enumerate(places(item)):
            for odd in ODD if n < 60 else ODD[n % 3 :: 3]:
                changed.append(copy.deepcopy(item))
                holder: Any = changed[-1]
                for part in at:
                    holder = holder[part]
                holder[last] = odd
    found = read_items(tmp_path, log.id, changed)
    ledger = found.ledger("items.jsonl")
    assert found.notes == [] and not any("source was stopped" in reason for reason in ledger.set_aside)
    assert ledger.items == len(changed) == ledger.kept + ledger.duplicates + sum(ledger.set_aside.values())
    assert ledger.kept


def test_an_unknown_field_is_reported_and_changes_no_row(log: Source, tmp_path: Path) -> None:
    before = read_items(tmp_path / "before", log.id, items_of(log.id))
    holders = {path[:n] for c in log.columns for path in c.paths for n in range(len(path))}
    changed, added = items_of(log.id), set()
    for item in changed:
        for at in holders:
            for found in inside(item, at):
                found["aNewField"] = 1
                added.add(".".join((*at, "aNewField")))
    after = read_items(tmp_path / "after", log.id, changed)
    assert added <= set(after.ledger("items.jsonl").unread)
    _same_but_for_hashes(before, after)


def _same_but_for_hashes(before: Reading, after: Reading) -> None:
    """Items without an id of the vendor's are known by their hash, which differs when they do."""
    assert {t: len(rows) for t, rows in before.rows.items()} == {t: len(rows) for t, rows in after.rows.items()}
    for table in before.rows:
        bare = [
            sorted(repr({k: v for k, v in row.items() if k != "event_ref"}) for row in found.rows[table])
            for found in (before, after)
        ]
        assert bare[0] == bare[1]


def test_a_renamed_field_is_reported_and_takes_no_row_in_silence(log: Source, tmp_path: Path) -> None:
    """Each field is renamed at a company of its own; company `plain` has the samples as they are."""
    renamed: dict[str, set[str]] = {}
    write_items(tmp_path, log.id, "plain", items_of(log.id))
    for column in log.columns:
        changed, names = items_of(log.id), set()
        for item in changed:
            for path in column.paths:
                for found in inside(item, path[:-1]):
                    names.update(_rename(found, path))
        if names:
            renamed[column.name] = names
            write_items(tmp_path, log.id, column.name, changed)
    assert renamed
    found = read(tmp_path)
    old = found.ledgers[f"plain/{log.id}/items.jsonl"]
    for name, names in renamed.items():
        new = found.ledgers[f"{name}/{log.id}/items.jsonl"]
        assert names <= {field.lower() for field in new.unread}, name
        before, after = _tables_filled(found, "plain"), _tables_filled(found, name)
        lost = sum(before.values()) - sum(after.values())
        aside = {place for place, _, _ in new.lines} - {place for place, _, _ in old.lines}
        may = {item for place in aside for item in found.places.get(("plain", place), ())}
        most = sum(before[item] for item in may) + max(new.duplicates - old.duplicates, 0)
        assert lost <= most, f"{name}: {lost} items gone from tables, {len(aside)} items set aside for it"


def _tables_filled(found: Reading, company: str) -> Counter[str]:
    """In how many tables each item of a company made rows, by its id."""
    counts: Counter[str] = Counter()
    for rows in found.rows.values():
        items = {row["event_ref"].split("#")[0] for row in rows if row["company"] == company}
        counts.update(item.partition(":")[2] for item in items)
    return counts


def _rename(found: Item, path: tuple[str, ...]) -> Iterator[str]:
    for key in [k for k in found if k.lower() == path[-1].lower()]:
        found[f"{key}Anew"] = found.pop(key)
        yield ".".join((*path[:-1], f"{key}Anew")).lower()


def test_no_ignored_pattern_hides_a_renamed_field(log: Source) -> None:
    for column in log.columns:
        for path in column.paths:
            assert not log.is_ignored(".".join(path) + "Anew"), path
            assert not log.is_ignored(".".join(path)), f"{path} is read and ignored"


def test_a_text_where_an_object_belongs_sets_the_item_aside(log: Source, tmp_path: Path) -> None:
    """Each object is spoilt at a company of its own."""
    holders = {path[:n] for c in log.columns for path in c.paths for n in range(1, len(path))}
    if not holders:
        pytest.skip("its items hold no objects")
    sound = [
        item
        for item in items_of(log.id)
        if not any(_told(found, at[-1]) for at in holders for found in inside(item, at[:-1]))
    ]
    spoilt = {}
    for at in holders:
        changed = copy.deepcopy(sound)
        names = [name for item in changed for found in inside(item, at[:-1]) for name in _spoil(found, at[-1])]
        if names:
            spoilt[".".join(at)] = len(names)
            write_items(tmp_path, log.id, ".".join(at), changed)
    found = read(tmp_path)
    for at_, count in spoilt.items():
        assert found.ledgers[f"{at_}/{log.id}/items.jsonl"].set_aside[f"{at_} is no object"] == count


def _told(found: Item, name: str) -> bool:
    return any(isinstance(v, str) for k, v in found.items() if k.lower() == name.lower())


def _spoil(found: Item, name: str) -> Iterator[str]:
    for key in [k for k in found if k.lower() == name.lower() and isinstance(found[k], dict)]:
        found[key] = "a text"
        yield key


def test_the_clock_of_the_machine_does_not_change_times(
    log: Source, plain: dict[str, Reading], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in sample_files(log.id):
        export(tmp_path, f"{log.id}/{path.name}", path.read_bytes())
    monkeypatch.setitem(os.environ, "TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert read(tmp_path).unplaced == plain[log.id].unplaced
    finally:
        monkeypatch.undo()
        time.tzset()


def test_times_with_an_offset_come_out_in_utc(log: Source, plain: dict[str, Reading], tmp_path: Path) -> None:
    changed = 0
    for path in sample_files(log.id):
        text = path.read_text("utf-8")
        shifted = _in_another_zone(text)
        changed += shifted != text
        export(tmp_path, f"{log.id}/{path.name}", shifted)
    if not changed:
        pytest.skip("the samples hold no times in text")
    found, wanted = (
        {**r.rows, "commit": _without_offset(r.rows.get("commit", []))} for r in (read(tmp_path), plain[log.id])
    )
    times = [
        [sorted(row["occurred_at"] for row in rows if "occurred_at" in row) for _, rows in sorted(r.items())]
        for r in (found, wanted)
    ]
    assert times[0] == times[1]


def _without_offset(rows: list[Item]) -> list[Item]:
    return [{k: v for k, v in row.items() if k != "utc_offset_minutes"} for row in rows]


def _in_another_zone(text: str) -> str:
    def moved(found: re.Match[str]) -> str:
        at = datetime.fromisoformat(found[0].replace("Z", "+00:00"))
        return at.astimezone(timezone(timedelta(hours=5, minutes=30))).isoformat()

    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z", moved, text)


@pytest.mark.parametrize("source", sorted(PUBLISHED))
def test_published_events_are_all_accounted_for(source: str, tmp_path: Path) -> None:
    """Lines of a file of JSON lines are counted here too; what is more than that is for the reading to count."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not on this machine")
    lines = {}
    for pattern in PUBLISHED[source]:
        there = sorted(p for p in SHARED.glob(pattern) if p.is_file())
        assert there, pattern
        for path in there:
            content = path.read_bytes()
            placed = export(tmp_path, f"{source}/{path.relative_to(SHARED)}", content)
            if path.suffix == ".jsonl":
                lines[str(placed.relative_to(tmp_path))] = len(content.splitlines())
    found = read(tmp_path)
    assert found.rows
    for name, count in lines.items():
        assert found.ledgers[name].items == count
    for ledger in found.ledgers.values():
        print(ledger.export.name, ledger.items, ledger.kept, ledger.duplicates, ledger.set_aside, ledger.unread)


@pytest.mark.parametrize("source", sorted(LOGS))
def test_every_published_log_of_every_vendor_is_refused_loudly_or_read(source: str, tmp_path: Path) -> None:
    """A file in the wrong folder must not vanish: its items are set aside."""
    if not VENDOR_LOGS.is_dir():
        pytest.skip(f"{VENDOR_LOGS} is not on this machine")
    lines = 0
    for path in sorted(VENDOR_LOGS.glob("*.jsonl")):
        lines += len(path.read_bytes().splitlines())
        shutil.copy(path, export(tmp_path, f"{source}/{path.name}", b""))
    assert sum(ledger.items for ledger in read(tmp_path).ledgers.values()) == lines


HEADER = """/*
id: {id}
title: t
vendor_page: p
format: {format}
columns: {columns}
item_id: {item_id}
set_aside:
adds:
ignores:
into: [asset]
*/
{body}
"""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"id": "another"}, "id must equal the file name"),
        ({"format": "xml"}, "format is one of"),
        ({"columns": "{a: NUMBER}"}, "type is one of"),
        ({"columns": "{a.b: VARCHAR, a_b: VARCHAR}"}, "one name"),
        ({"columns": "{name: VARCHAR, x.Name: VARCHAR}"}, "differ in case only"),
        ({"columns": "{a: VARCHAR, a.b: VARCHAR}"}, "read twice, or as a value and as an object"),
        ({"columns": "{part: VARCHAR}"}, "raw has already"),
        ({"columns": "{shape: VARCHAR}"}, "raw has already"),
        ({"item_id": "[other]"}, "which is no column"),
        ({"body": "-- into: device\nSELECT 1"}, "marks differ"),
        ({"body": "-- into: asset\nSELECT 1\n-- into: asset\nSELECT 2"}, "two marks"),
    ],
)
def test_a_source_that_is_written_wrongly_is_refused_naming_its_file(
    change: dict[str, str], says: str, tmp_path: Path
) -> None:
    body = "-- into: asset\nSELECT item, name AS asset FROM raw"
    text = {"id": "mine", "format": "jsonl", "columns": "{name: VARCHAR}", "item_id": "[name]", "body": body}
    path = tmp_path / "mine.sql"
    path.write_text(HEADER.format(**text))
    assert load(path).selects["asset"].startswith("SELECT item")
    path.write_text(HEADER.format(**{**text, **change}))
    with pytest.raises(BadUnit, match=says) as refused:
        load(path)
    assert str(path) in str(refused.value)


def test_every_record_table_can_be_handed_in_as_it_is(tmp_path: Path) -> None:
    text = {"text": "x", "timestamp": "2026-03-02T14:00:00Z", "date": "2026-03-02"}
    text |= {"integer": "3", "number": "1.5", "boolean": "true"}
    for name, table in TABLES.items():
        assert set(of_table(table).selects) == {name}
        row = {c.name: text[c.type] for c in table.columns}
        export(tmp_path, f"records/{name}.csv", ",".join(row) + "\n" + ",".join(row.values()) + "\n")
        export(tmp_path, f"records/{name}.jsonl", json.dumps({**row, "event_ref": "mine"}) + "\n")
    found = read(tmp_path)
    assert sorted(found.rows) == sorted(TABLES)
    for name, rows in found.rows.items():
        assert len(rows) == 2
        assert all(
            set(row) == {c.name for c in TABLES[name].columns} | {"company", "event_ref", "source"} for row in rows
        )
        assert [row["event_ref"] for row in rows].count("records:mine") == 1


def test_what_may_hold_several_is_one_text_or_a_list(tmp_path: Path) -> None:
    one, two = "+14155550101", "+14155550102"
    said = {"a": f"{one};{two}", "b": [one, None, two], "c": one, "d": 14155550101, "e": [], "f": None}
    lines = [{"application_id": name, "reference_phones": value} for name, value in said.items()]
    lines += [{"application_id": "g", "reference_phones": value} for value in ({"home": one}, [{"home": one}], [[one]])]
    export(tmp_path, "records/application.jsonl", "\n".join(map(json.dumps, lines)))
    export(tmp_path, "records/application.csv", f"application_id,reference_phones\nh,{one};{two}\ni,14155550101\nj,\n")
    listed = duckdb.sql(f"SELECT 'k' AS application_id, ['{one}', '{two}'] AS reference_phones")
    listed.write_parquet(str(tmp_path / "acme/records/application.parquet"))
    found = read(tmp_path)
    both = f"{one};{two}"
    assert {row["application_id"]: row.get("reference_phones") for row in found.rows["application"]} == {
        **dict.fromkeys("abhk", both),
        "c": one,
        "d": "14155550101",
        "e": None,
        "f": None,
        "i": "14155550101",
        "j": None,
    }
    assert found.ledger("application.jsonl").set_aside == {"reference_phones is no list of texts": 3}


def test_samples_hold_invented_people_and_reserved_ranges_only() -> None:
    reserved = [ipaddress.ip_network(n) for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")]
    for path in SAMPLES.rglob("*"):
        if not path.is_file():
            continue
        text = path.read_text("utf-8")
        for address in re.findall(r"\b\d{1,3}(?:\.\d{1,3}){3}\b", text):
            if address.endswith(".0.0.0"):
                continue  # a browser's version
            assert any(ipaddress.ip_address(address) in net for net in reserved), f"{path.name}: {address}"
        for host in re.findall(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", text):
            assert host.lower().endswith(("example.com", "example.net", "example.org", "okta.com")), (
                f"{path.name}: {host}"
            )
