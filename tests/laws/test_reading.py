"""Laws of the reading path: nothing vanishes, order never matters, twice is once, and damage is told."""

import gzip
import hashlib
import json
import math
import random
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from bonafides.fetch.documents import documents
from bonafides.fetch.folders import Export, opened
from bonafides.fetch.repair import repair
from bonafides.fetch.streams import lines_of, said_lines
from bonafides.store.duckdb import Store
from reading import export, read

# Text that JSON can hold: no lone surrogates.
TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)
SCALAR = (
    st.none() | st.booleans() | st.integers(-(2**80), 2**80) | st.floats(allow_nan=False, allow_infinity=False) | TEXT
)
JSON = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=8
)
ODD = st.sampled_from([None, "", "null", "x", 3, -1, 1.5, True, [], {}, [{"type": "User"}], "2026-03-02T14:00:00Z"])

EVENT = st.fixed_dictionaries(
    {
        "uuid": st.sampled_from([f"e{n}" for n in range(8)]) | ODD,
        "published": st.sampled_from(["2026-03-02T14:00:00Z", "2026-03-02 14:00:00.5", "1969-01-01T00:00:00Z"]) | ODD,
        "eventType": st.sampled_from(["user.session.start", "user.session.end", "user.mfa.factor.activate"]) | ODD,
        "actor": st.fixed_dictionaries({"alternateId": st.just("a.person@acme.example.com") | ODD}) | ODD,
    },
    optional={
        "client": st.fixed_dictionaries({"ipAddress": st.just("192.0.2.1") | ODD, "userAgent": ODD}) | ODD,
        "target": JSON,
        "debugContext": st.fixed_dictionaries({"debugData": JSON}) | ODD,
        "securityContext": st.fixed_dictionaries({"asNumber": ODD, "isProxy": ODD}) | ODD,
        "somethingNew": JSON,
    },
)
LINE = EVENT.map(json.dumps) | st.sampled_from(
    ["{", "[]", '"text"', "3", '{"uuid":"e1","uuid":"e2"}', '{"uuid":"e1"} x']
)
NOTHINGS = ("null", "<null>", "none", "n/a", "unknown", "-")
WORDS = st.sampled_from([*NOTHINGS, *map(str.upper, NOTHINGS), " null ", "nulls", "--"])
NOTHING = '{"nothing":1}'
LINES = st.lists(LINE, min_size=1, max_size=25)
# Shrinking would take minutes: each example reads files.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
SLOW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
PACK = {"": bytes, ".gz": lambda b: gzip.compress(b, 1, mtime=0), ".zst": zstandard.ZstdCompressor().compress}


def put(exports: Path, company: str, lines: list[str], chance: random.Random) -> None:
    """Lines into some files, packed in some way; one that could begin a file of JSON objects comes first."""
    for number in range(count := chance.randint(1, 3)):
        # A brace alone would begin an object over several lines, of which what is cut off is one item.
        own = sorted(lines[number::count], key=lambda line: not line.startswith('{"'))
        if not own or not own[0].startswith('{"'):
            own = [NOTHING, *own]
        text = "".join(line + "\n" for line in own).encode()
        ending = chance.choice(list(PACK))
        export(exports, f"okta_system_log/{chance.randint(0, 9)}{number}.jsonl{ending}", PACK[ending](text), company)


@SLOW
@given(LINES, st.randoms(use_true_random=False))
@example(['{"uuid":"e1","published":"2026-03-02T14:00:00Z"}', "{"], random.Random(1))
def test_every_line_is_accounted_for_and_order_and_repetition_change_no_row(
    lines: list[str], chance: random.Random
) -> None:
    with tempfile.TemporaryDirectory() as place:
        exports = Path(place)
        put(exports, "plain", lines, random.Random(3))
        put(exports, "shuffled", chance.sample(lines, len(lines)), chance)
        put(exports, "twice", chance.sample(lines + lines, 2 * len(lines)), chance)
        found = read(exports)
    counts = {
        company: [led for name, led in found.ledgers.items() if name.startswith(company)]
        for company in ("plain", "shuffled", "twice")
    }
    refs = hashlib.md5(NOTHING.encode(), usedforsecurity=False).hexdigest()
    added = {c: sum(ref == refs for led in counts[c] for _, _, ref in led.lines) for c in counts}
    assert [sum(led.items for led in counts[c]) - added[c] for c in counts] == [len(lines), len(lines), 2 * len(lines)]
    assert len({sum(led.kept for led in counts[c]) for c in counts}) == 1
    rows = {
        company: [
            (table, sorted(repr(_without_company(row)) for row in made if row["company"] == company))
            for table, made in sorted(found.rows.items())
        ]
        for company in counts
    }
    assert rows["plain"] == rows["shuffled"] == rows["twice"]
    refused = {c: {(reason, ref) for led in counts[c] for _, reason, ref in led.lines if ref != refs} for c in counts}
    assert refused["plain"] == refused["shuffled"] == refused["twice"]


def _without_company(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "company"}


def pieces(text: str, chance: random.Random) -> Iterator[str]:
    while text:
        size = chance.randint(1, 40)
        yield text[:size]
        text = text[size:]


WRAPPER = st.sampled_from(
    [
        "[{items}]",
        '{{"value": [{items}]}}',
        '{{"@odata.context": "x\\"y", "n": 3, "Records": [{items}], "next": {{"a": [1, 2]}}, "more": null}}',
        "{lines}",
        " \n [{items}] \n [{items}]",
    ]
)


@given(
    st.lists(st.dictionaries(TEXT, JSON, max_size=3), max_size=5), WRAPPER, st.none() | st.integers(0, 3), st.randoms()
)
def test_documents_hold_what_json_says_however_they_are_laid_out_and_cut(
    items: list[dict[str, Any]], wrapper: str, indent: int | None, chance: random.Random
) -> None:
    texts = [json.dumps(item, indent=indent, ensure_ascii=chance.random() < 0.5) for item in items]
    text = wrapper.format(items=",\n".join(texts), lines="\n".join(texts))
    wanted = items * wrapper.count("{items}") if "lines" not in wrapper else items
    if wrapper != "{lines}" and not items:
        wanted = []
    found = list(documents(pieces(text, chance), 1 << 20))
    assert [json.loads(text) for _, text, reason in found if reason is None] == wanted
    assert all(reason is None for _, _, reason in found)
    assert all("\n" not in text for _, text, _ in found)


@given(st.text(max_size=60), st.randoms())
@example('{"value": [{"a": 1}, {"b": ', random.Random(1))
@example("[1, {}, null]", random.Random(1))
def test_documents_end_on_any_text_and_say_what_is_wrong(text: str, chance: random.Random) -> None:
    found = list(documents(pieces(text, chance), 100))
    assert all(isinstance(json.loads(item), dict) for _, item, reason in found if reason is None)
    if text.strip(" \t\r\n\ufeff") and not found:
        assert json.loads(text.strip(" \t\r\n\ufeff")) in ([], {}) or text.strip(" \t\r\n\ufeff[],") == ""


def as_export(path: Path) -> Export:
    return opened(path, path.parent, "acme", "okta_system_log")


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=300), st.sampled_from(["", "{", "[", "a,b\n", "\ufeff{", "PAR1", "a\x1fb\n"]))
def test_any_bytes_can_be_repaired_or_are_set_aside_whole(content: bytes, start: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "file"
        path.write_bytes(start.encode() + content)
        found = as_export(path)
        if found.container in ("empty", "parquet"):
            return
        target = Path(place) / "clean"
        told = repair(found, target)
        text = target.read_bytes().decode()
        lines = [line for line in text.split("\n") if line]
        if found.container in ("jsonl", "document"):
            assert len(lines) == told.kept
        if found.container == "document":
            assert all(isinstance(json.loads(line), dict) for line in lines)
        if found.container == "fields":
            assert all(line.count("\x1f") == lines[0].count("\x1f") for line in lines)


BODY = b"".join(b'{"n":%d,"text":"%s"}\n' % (n, random.Random(n).randbytes(12).hex().encode()) for n in range(400))


@settings(deadline=None)
@given(
    st.sampled_from(["gzip", "zstd", "two gzip", "two zstd"]), st.sampled_from(["cut", "flip", "tail", ""]), st.data()
)
def test_compressed_files_come_out_whole_or_say_that_they_do_not(kind: str, harm: str, data: st.DataObject) -> None:
    zstd = zstandard.ZstdCompressor(write_checksum=True).compress
    pack = zstd if "zstd" in kind else (lambda body: gzip.compress(body, mtime=0))
    whole = pack(BODY) * (2 if "two" in kind else 1)
    spot = data.draw(st.integers(18, len(whole) - 1))
    if harm == "cut":
        if "two" in kind and spot == len(whole) // 2:
            return  # two pieces cut between them are one whole piece
        content = whole[:spot]
    elif harm == "flip":
        content = whole[:spot] + bytes([whole[spot] ^ (1 << data.draw(st.integers(0, 7)))]) + whole[spot + 1 :]
    else:
        content = whole + (b"tail" if harm else b"")
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "file"
        path.write_bytes(content)
        found, clean = as_export(path), Path(place) / "clean"
        told = lines_of(path, found.compression)
        assert found.text_size == (None if told is None else len(BODY) * told // 400)
        repair(found, clean)
        kept = clean.read_bytes()
    if not harm:
        assert told == 400 * (2 if "two" in kind else 1)
    if told is not None:
        # Some bits of a header change nothing that is packed.
        assert kept == BODY * (2 if "two" in kind else 1)
    else:
        assert (BODY * 2).startswith(kept.removesuffix(b"\n"))


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    made = Store(threads=1)
    yield made
    made.close()


def ask(store: Store, call: str, texts: list[str]) -> list[Any]:
    store.load("asked", {"n": range(len(texts)), "t": texts}, {"n": "INTEGER", "t": "VARCHAR"})
    return [row["a"] for row in store.rows(f"SELECT {call} AS a FROM asked ORDER BY n")]


MOMENT = st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 31))
OFFSET = st.integers(-14 * 60, 14 * 60)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(MOMENT, OFFSET), min_size=1, max_size=20))
def test_a_time_is_the_same_instant_however_it_is_written(store: Store, moments: list[tuple[datetime, int]]) -> None:
    ways: list[tuple[str, datetime]] = []
    for moment, offset in moments:
        zone = timezone(timedelta(minutes=offset))
        local, milli = (
            moment.replace(tzinfo=UTC).astimezone(zone),
            moment.replace(microsecond=moment.microsecond // 1000 * 1000),
        )
        second = moment.replace(microsecond=0)
        since = (second - datetime(1970, 1, 1)) // timedelta(seconds=1)
        ways += [
            (local.isoformat(), moment),
            (local.isoformat(" "), moment),
            (moment.isoformat() + "Z", moment),
            (moment.isoformat(" ", "microseconds") + "789", moment),
            (moment.isoformat(" "), moment),
            (second.isoformat(" ") + " UTC", second),
            (milli.isoformat(" ", "milliseconds") + " Z", milli),
            (milli.isoformat("T", "milliseconds").replace(".", ",") + "Z[UTC]", milli),
            (second.strftime("%Y/%m/%d %H:%M:%S +0000 UTC"), second),
            (f"{second.year}/{second.month}/{second.day}", datetime.combine(second.date(), datetime.min.time())),
            (local.strftime("%Y-%m-%d %H:%M:%S.%f %z"), moment),
            (f"{local:%Y-%m-%d %H:%M:%S.%f} {local.isoformat()[-6:]}", moment),
            (second.date().isoformat(), datetime.combine(second.date(), datetime.min.time())),
            (f" {milli.isoformat()}Z ", milli),
        ]
        if since >= 10**8:
            ways += [(str(since), second), (f"{since}.5", second + timedelta(seconds=0.5))]
            ways += [(str(since * 1000 + milli.microsecond // 1000), milli)]
            ways += [(str(since * 10**6 + moment.microsecond), moment)]
    assert ask(store, "instant(t)", [text for text, _ in ways]) == [wanted for _, wanted in ways]


@settings(deadline=None, max_examples=30)
@given(st.lists(TEXT | st.integers(-(2**70), 2**70).map(str) | st.floats().map(str), min_size=1, max_size=20))
def test_numbers_are_read_exactly_or_not_at_all(store: Store, texts: list[str]) -> None:
    for text, whole, number in zip(
        texts, ask(store, "whole(t)", texts), ask(store, "number_of(t)", texts), strict=True
    ):
        if whole is not None:
            assert float(text) == float(whole)
            assert -(2**63) <= whole < 2**63
        elif text.strip().lstrip("+-").isascii() and text.strip().lstrip("+-").isdigit():
            assert not -(2**63) <= int(text) < 2**63 or len(text.strip().lstrip("+-")) > 19
        if number is not None:
            assert math.isfinite(number)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(st.characters(codec="ascii"), max_size=8) | WORDS, min_size=1, max_size=20))
def test_what_says_nothing_is_nothing_and_the_rest_is_kept(store: Store, texts: list[str]) -> None:
    for text, said in zip(texts, ask(store, "said(t)", texts), strict=True):
        bare = text.strip(" ")
        nothing = bare.lower() in ("", *NOTHINGS)
        assert said == (None if nothing else bare)


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.lists(st.dictionaries(st.sampled_from(["type", "id", "name"]), JSON, max_size=3), max_size=4), min_size=1
    )
)
def test_the_first_object_of_its_type_is_found_as_a_loop_would_find_it(store: Store, lists: list[list[Any]]) -> None:
    lists = [[{**o, "type": "App"} if n % 2 else o for n, o in enumerate(found)] for found in lists]
    answers = ask(store, "json_where(t, '$.type', 'App', '$.id')", [json.dumps(found) for found in lists])
    for found, answer in zip(lists, answers, strict=True):
        wanted = next((o.get("id") for o in found if o.get("type") == "App"), None)
        if isinstance(wanted, str) or wanted is None:
            assert answer == wanted
        else:
            assert answer is not None


@given(st.lists(st.text("a \n\r\t\v", min_size=1, max_size=8).map(str.encode), max_size=6))
def test_lines_are_counted_the_same_however_the_bytes_are_cut(cut: list[bytes]) -> None:
    assert said_lines(cut) == sum(1 for line in b"".join(cut).split(b"\n") if line.strip())
