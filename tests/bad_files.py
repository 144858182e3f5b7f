"""Bad files: cut, damaged, mislabelled, wrapped, doubled, misspelt; and what becomes of each."""

import gzip
import json
import random
from dataclasses import dataclass, field
from typing import Any

import zstandard

OKTA, GIT, WORKER, PAYMENT = "okta_system_log", "git_log", "records/worker", "records/payment"


def event(uuid: str, **more: Any) -> dict[str, Any]:
    base: dict[str, Any] = {"uuid": uuid, "published": "2026-03-02T14:00:00Z", "eventType": "user.session.start"}
    base["actor"] = {"type": "User", "alternateId": "tamsin.okoro@acme.example.com"}
    base["client"] = {"ipAddress": "192.0.2.14"}
    return {**base, **more}


def lines(*items: dict[str, Any] | str | bytes) -> bytes:
    """Items one a line; texts and bytes as they are."""
    return b"".join(
        (item if isinstance(item, bytes) else item.encode() if isinstance(item, str) else json.dumps(item).encode())
        + b"\n"
        for item in items
    )


NAMELESS = {**event("a"), "uuid": None}
GOOD = lines(event("g1"), event("g2"), event("g3"))
# Long enough that damage in the middle leaves readable lines before it.
LONG = lines(*(event(f"n{n}", note=random.Random(n).randbytes(200).hex()) for n in range(2000)))
PACKED = gzip.compress(LONG, mtime=0)
FLIPPED = PACKED[: len(PACKED) // 2] + b"\0\0\0\0" + PACKED[len(PACKED) // 2 + 4 :]
ZSTD = zstandard.ZstdCompressor(write_checksum=True).compress(LONG)
PAID = "payment_id,worker_id,paid_on,amount\np1,w1,2026-01-31,12.5\np2,w1,January 31,1\np3,w1,2026-02-28,much\n"
WHEN = "2026-03-02T14:00:00Z"
COMMIT = f'wiki\x1f1\x1fAda "A\x1fada@acme.example.com\x1f{WHEN}\x1f{WHEN}\x1f\n'
COMMITS = f"wiki\x1f2\x1fAda, \x1fada@acme.example.com\x1f{WHEN}\x1f{WHEN}\x1fK\nx\x1fy\n"
PERSON = "worker_id,given_name,work_email,started_on"
TWO_PEOPLE = f"{PERSON}\nw1,Tamsin,tamsin@acme.example.com,2024-01-02\nw2,Bruno,bruno@acme.example.com,2024-02-03\n"


NAMES = ("a b.jsonl", "a'b.jsonl", 'a"b.jsonl', "a*b.jsonl", "a?b.jsonl", "a[1]b.jsonl", "a1b.jsonl", "axb.jsonl")
NAMES += (
    "a{x,y}b.jsonl",
    "a\\b.jsonl",
    "a\\*b.jsonl",
    "**",
    "ünï.jsonl",
    "-",
    "p=1/q=2.jsonl",
    "a;b",
    "a\nb",
    "[",
    "]",
)


@dataclass(frozen=True)
class Case:
    """Files of one company and what becomes of them. Shape: `aside` maps the beginning of a reason to a count."""

    files: dict[str, bytes | str]
    kept: int = 0
    duplicates: int = 0
    aside: dict[str, int] = field(default_factory=dict)
    at_least: bool = False


CASES: dict[str, Case] = {
    "good lines": Case({f"{OKTA}/a.jsonl": GOOD}, 3),
    "no end of line at the end": Case({f"{OKTA}/a.jsonl": GOOD[:-1]}, 3),
    "blank lines and CRLF": Case({f"{OKTA}/a.jsonl": b"\r\n\n" + GOOD.replace(b"\n", b"\r\n\r\n")}, 3),
    "malformed lines between good ones": Case(
        {f"{OKTA}/a.jsonl": lines(event("a"), '{"uuid":', event("b"), "text", '{"a":1} {"b":2}', event("c"), "[1]")},
        3,
        aside={"not JSON": 3, "not a JSON object": 1},
    ),
    "a first line that is broken off": Case(
        {f"{OKTA}/a.jsonl": lines('":"x"}}', event("a"), event("b"))}, 2, aside={"not JSON": 1}
    ),
    "a last line that is broken off": Case(
        {f"{OKTA}/a.jsonl": lines(event("a"), event("b")) + b'{"uuid":"c","publ'}, 2, aside={"not JSON": 1}
    ),
    "one byte": Case({f"{OKTA}/a.jsonl": b"{", f"{OKTA}/b.jsonl": GOOD}, 3, aside={"not JSON": 1}),
    "constants that JSON does not have": Case(
        {f"{OKTA}/a.jsonl": lines(event("a"), '{"uuid":NaN}', '{"uuid":Nothing}')},
        1,
        aside={"no event": 1, "not JSON": 1},
    ),
    "half a character of two": Case(
        {f"{OKTA}/a.jsonl": lines(event("a"), '{"uuid":"\\ud800"}')}, 1, aside={"not JSON": 1}
    ),
    "nested too deeply": Case(
        {f"{OKTA}/a.jsonl": lines(event("a"), '{"uuid":' + "[" * 200_000 + "]" * 200_000 + "}")},
        1,
        aside={"": 1},
    ),
    "gzip": Case({f"{OKTA}/a.jsonl.gz": gzip.compress(GOOD)}, 3),
    "gzip without its name": Case({f"{OKTA}/a.jsonl": gzip.compress(GOOD), f"{OKTA}/b": b"\n"}, 3),
    "gzip in two pieces": Case({f"{OKTA}/a.jsonl.gz": gzip.compress(GOOD) + gzip.compress(lines(event("g4")))}, 4),
    "gzip with CRLF": Case({f"{OKTA}/a.jsonl.gz": gzip.compress(GOOD.replace(b"\n", b"\r\n"))}, 3),
    "a plain file that calls itself gzip": Case({f"{OKTA}/a.jsonl.gz": GOOD}, 3),
    "truncated gzip": Case({f"{OKTA}/a.jsonl.gz": PACKED[:-5000]}, 1500, aside={"truncated gzip": 1}, at_least=True),
    "gzip without its last bytes": Case({f"{OKTA}/a.jsonl.gz": PACKED[:-4]}, 2000, aside={"truncated gzip": 1}),
    "gzip of a few bytes": Case({f"{OKTA}/a.jsonl.gz": PACKED[:12]}, aside={"truncated gzip": 1}),
    "gzip with a flipped bit": Case({f"{OKTA}/a.jsonl.gz": FLIPPED}, 500, aside={"damaged gzip": 1}, at_least=True),
    "gzip with a wrong sum": Case(
        {f"{OKTA}/a.jsonl.gz": PACKED[:-8] + b"\1\2\3\4" + PACKED[-4:]}, 1500, aside={"damaged gzip": 1}, at_least=True
    ),
    "gzip with garbage behind": Case(
        {f"{OKTA}/a.jsonl.gz": gzip.compress(GOOD) + b"garbage"}, 3, aside={"bytes after the end": 1}
    ),
    "zstd": Case({f"{OKTA}/a.jsonl.zst": zstandard.compress(GOOD)}, 3),
    "zstd in two pieces": Case(
        {f"{OKTA}/a.jsonl.zst": zstandard.compress(GOOD) + zstandard.compress(lines(event("g4")))}, 4
    ),
    "truncated zstd": Case({f"{OKTA}/a.jsonl.zst": ZSTD[:-5000]}, 1, aside={"truncated zstd": 1}, at_least=True),
    "damaged zstd": Case(
        {f"{OKTA}/a.jsonl.zst": ZSTD[: len(ZSTD) // 2] + b"\xff" * 8 + ZSTD[len(ZSTD) // 2 + 8 :]},
        aside={"damaged zstd": 1},
        at_least=True,
    ),
    "empty files": Case(
        {
            f"{OKTA}/a.jsonl": b"",
            f"{OKTA}/b.jsonl": b"\n \n",
            f"{OKTA}/c.gz": gzip.compress(b""),
            f"{OKTA}/d.zst": zstandard.compress(b""),
            f"{OKTA}/e.csv": b"",
            f"{WORKER}.csv": PERSON + "\n",
        }
    ),
    "UTF-16 with a mark": Case({f"{OKTA}/a.jsonl": GOOD.decode().encode("utf-16")}, 3),
    "UTF-16 the other way round": Case({f"{OKTA}/a.jsonl": b"\xfe\xff" + GOOD.decode().encode("utf-16-be")}, 3),
    "UTF-16 that is cut in a character": Case(
        {f"{OKTA}/a.jsonl": GOOD.decode().encode("utf-16")[:-3]}, 2, aside={"": 1}
    ),
    "UTF-16 without a mark": Case({f"{OKTA}/a.jsonl": GOOD.decode().encode("utf-16-le")}, aside={"NUL byte": 4}),
    "UTF-16 that is a table": Case({f"{WORKER}.csv": TWO_PEOPLE.encode("utf-16")}, 2),
    "UTF-8 with a mark": Case({f"{OKTA}/a.jsonl": b"\xef\xbb\xbf" + GOOD}, 3),
    "two files with marks, one behind the other": Case(
        {f"{OKTA}/a.jsonl": b"\xef\xbb\xbf" + lines(event("a")) + b"\xef\xbb\xbf" + lines(event("b"))}, 2
    ),
    "Latin-1": Case(
        {f"{OKTA}/a.jsonl": lines(event("a"), '{"uuid":"Zoë"}'.encode("latin-1"), event("b"))},
        2,
        aside={"bytes that are no text": 1},
    ),
    "NUL bytes": Case({f"{OKTA}/a.jsonl": lines(event("a"), b'{"uuid":"x\0y"}', event("b"))}, 2, aside={"NUL byte": 1}),
    "a line of 17 MiB": Case(
        {f"{OKTA}/a.jsonl": lines(event("a"), event("b", pad="x" * 17 * 2**20), event("c"))},
        2,
        aside={"line longer": 1},
    ),
    "a packed line of 17 MiB": Case(
        {f"{OKTA}/a.jsonl.gz": gzip.compress(lines(event("a"), event("b", pad="x" * 17 * 2**20), event("c")), 1)},
        2,
        aside={"line longer": 1},
    ),
    "doubled keys": Case(
        {
            f"{OKTA}/a.jsonl": lines(
                event("a"),
                '{"uuid":"b","uuid":"c","published":"2026-03-02T14:00:00Z"}',
                '{"uuid":"d","actor":{"alternateId":"x@acme.example.com","alternateId":"y@acme.example.com"}}',
                '{"uuid":"e","eventType":"user.session.start","eventtype":"user.session.end"}',
                '{"uuid":"f","unread":1,"unread":2}',
            )
        },
        1,
        aside={"doubled key uuid": 1, "doubled key actor.alternateId": 1, "doubled key eventType": 1, "no event": 1},
    ),
    "numbers beyond 64 bits": Case(
        {
            f"{OKTA}/a.jsonl": lines(
                event("a", securityContext={"asNumber": 2**64}),
                event("b", securityContext={"asNumber": "9" * 30}),
                event("c", securityContext={"asNumber": 64500.0}),
                event("d", securityContext={"asNumber": 64500.5}),
                event("e", severity=10**400),
            )
        },
        2,
        aside={"securityContext.asNumber is no whole number": 3},
    ),
    "times that cannot be": Case(
        {
            f"{OKTA}/a.jsonl": lines(
                event("a", published="1969-12-31T23:59:59Z"),
                event("b", published="2026-11-23T00:00:01Z"),
                event("c", published="2026-11-22T23:59:00Z"),
                event("d", published="2026-02-30T10:00:00Z"),
                event("e", published="soon"),
                event("f", published=1772460000),
                event("g", published=True),
            )
        },
        2,
        aside={"occurred_at lies before": 1, "occurred_at lies in the future": 1, "no occurred_at": 3},
    ),
    "a text where an object belongs": Case(
        {
            f"{OKTA}/a.jsonl": lines(
                event("a", client="Computer"),
                event("b", client=None),
                event("c", client={}),
                event("d", client="Computer"),
                event("e", client=["Computer"]),
                event("f", client=7),
            )
        },
        2,
        aside={"client is no object": 4},
    ),
    "an object where a text belongs": Case(
        {f"{OKTA}/a.jsonl": lines(event("a", published={"at": 1}), event("b", eventType=["x"]))},
        aside={"published is no single value": 1, "eventType is no single value": 1},
    ),
    "a list": Case({f"{OKTA}/a.json": json.dumps([event("a"), event("b"), 3])}, 2, aside={"not a JSON object": 1}),
    "a list over several lines": Case({f"{OKTA}/a.json": json.dumps([event("a"), event("b")], indent=2)}, 2),
    "a packed list": Case({f"{OKTA}/a.json.gz": gzip.compress(json.dumps([event("a"), event("b")]).encode())}, 2),
    "a list that is cut": Case(
        {f"{OKTA}/a.json": json.dumps([event("a"), event("b")])[:-30]}, 1, aside={"not JSON": 1}
    ),
    "a list that ends without its bracket": Case(
        {f"{OKTA}/a.json": json.dumps([event("a"), event("b")])[:-1]}, 2, aside={"the document ends before": 1}
    ),
    "objects over several lines": Case(
        {f"{OKTA}/a.json": json.dumps(event("a"), indent=1) + "\n" + json.dumps(event("b"), indent=4)}, 2
    ),
    "Graph's envelope": Case(
        {f"{OKTA}/a.json": json.dumps({"@odata.context": "x", "value": [event("a"), event("b")], "@odata.count": 2})}, 2
    ),
    "an envelope over several lines": Case({f"{OKTA}/a.json": json.dumps({"Records": [event("a")]}, indent=2)}, 1),
    "an envelope a line": Case(
        {f"{OKTA}/a.json": lines({"Records": [event("a"), event("b")]}, {"Records": [event("c")]})}, 3
    ),
    "an envelope in an answer": Case(
        {
            f"{OKTA}/a.json": json.dumps(
                {"stat": "OK", "response": {"n": 1, "items": [event("a")], "m": {}}, "more": []}
            )
        },
        1,
    ),
    "an envelope that tells of itself before its list": Case(
        {
            f"{OKTA}/a.json": json.dumps({"status": {"code": 200}, "pagination": {"next": None}, "data": [event("a")]}),
            f"{OKTA}/b.json": json.dumps(
                {"Stats": {"sets": [{"n": 1}]}, "Schema": [{"Name": "a"}], "Results": [event("b"), event("c")]}
            ),
        },
        3,
    ),
    "an answer that is cut after its envelope": Case(
        {f"{OKTA}/a.json": json.dumps({"response": {"items": [event("a")]}})[:-1]},
        1,
        aside={"the document ends before its envelope does": 1},
    ),
    "an empty envelope": Case({f"{OKTA}/a.json": '{"value":[]}', f"{OKTA}/b.json": "[]"}),
    "items in their place and in an envelope are the same": Case(
        {
            f"{OKTA}/a.json": json.dumps([NAMELESS], indent=3),
            f"{OKTA}/b.jsonl": lines(NAMELESS),
        },
        1,
        1,
    ),
    "a table": Case({f"{WORKER}.csv": TWO_PEOPLE}, 2),
    "a table whose headings are words": Case(
        {f"{WORKER}.csv": "Worker ID,given-name,WorkEmail,Started On\nw1,Tamsin,tamsin@acme.example.com,2024-01-02\n"},
        1,
    ),
    "days with the month first": Case(
        {f"{WORKER}.csv": f"{PERSON}\nw1,Ann,a@x.example.com,3/2/2026\nw2,Bo,,3/15/2026\n"}, 2
    ),
    "days with the day first": Case(
        {f"{WORKER}.csv": f"{PERSON}\nw1,Ann,a@x.example.com,2/3/2026\nw2,Bo,,15/3/2026\n"}, 2
    ),
    "days between dots": Case(
        {f"{WORKER}.csv": f"{PERSON}\nw1,Ann,a@x.example.com,2.3.2026\nw2,Bo,,02.12.2026 14:05\n"}, 2
    ),
    "days of which nobody can tell the month": Case(
        {f"{WORKER}.csv": f"{PERSON}\nw1,Ann,a@x.example.com,2/3/2026\nw2,Bo,,2026-03-04\n"},
        1,
        aside={"started_on is no date": 1},
    ),
    "days of two habits in one file": Case(
        {f"{WORKER}.csv": f"{PERSON}\nw1,Ann,a@x.example.com,15/3/2026\nw2,Bo,,3/15/2026\n"},
        aside={"started_on is no date": 2},
    ),
    "ragged rows": Case(
        {f"{WORKER}.csv": TWO_PEOPLE + "w3,Ada\nw4,Ada,ada@acme.example.com,2024-01-02,more\n"},
        2,
        aside={"2 fields": 1, "5 fields": 1},
    ),
    "line ends inside quotes": Case(
        {f"{WORKER}.csv": f'{PERSON}\nw1,"Tamsin\nJane",tamsin@acme.example.com,2024-01-02\n'}, 1
    ),
    "line ends inside quotes beside a ragged row": Case(
        {f"{WORKER}.csv": f'{PERSON}\nw1,"Tamsin\nJane ""T""",tamsin@acme.example.com,2024-01-02\nw2\n'},
        1,
        aside={"1 fields": 1},
    ),
    "a line end alone inside quotes beside a ragged row": Case(
        {f"{WORKER}.csv": f'{PERSON}\nw1,"Tamsin\nJane",tamsin@acme.example.com,2024-01-02\nw2\n'},
        1,
        aside={"1 fields": 1},
    ),
    "carriage returns at the ends of lines": Case({f"{WORKER}.csv": TWO_PEOPLE.replace("\n", "\r")}, 2),
    "carriage returns at the ends of lines beside a ragged row": Case(
        {f"{WORKER}.csv": (TWO_PEOPLE + "w3\n").replace("\n", "\r")}, 2, aside={"1 fields": 1}
    ),
    "quotes that do not close": Case(
        {f"{WORKER}.csv": TWO_PEOPLE + 'w3,"Ada,ada@acme.example.com,2024-01-02\n'}, 2, aside={"not CSV": 1}
    ),
    "semicolons": Case({f"{WORKER}.csv": TWO_PEOPLE.replace(",", ";")}, 2),
    "tabs": Case({f"{WORKER}.csv": TWO_PEOPLE.replace(",", "\t")}, 2),
    "a table with a mark and CRLF": Case({f"{WORKER}.csv": "\ufeff" + TWO_PEOPLE.replace("\n", "\r\n")}, 2),
    "a packed table": Case({f"{WORKER}.csv.gz": gzip.compress(TWO_PEOPLE.encode())}, 2),
    "a truncated packed table": Case(
        {f"{WORKER}.csv.gz": gzip.compress(TWO_PEOPLE.encode())[:-6]}, 2, aside={"truncated gzip": 1}
    ),
    "a header again in the middle": Case(
        {f"{WORKER}.csv": TWO_PEOPLE + TWO_PEOPLE.replace("w1", "w3").replace("w2", "w4")}, 4, aside={"the header": 1}
    ),
    "a column twice": Case(
        {f"{WORKER}.csv": "worker_id,worker_id,note,note\nw1,w2,a,b\n"}, aside={"doubled column worker_id": 1}
    ),
    "an unread column twice": Case({f"{WORKER}.csv": "worker_id,note,note\nw1,a,b\n"}, 1),
    "a header in another case with blanks": Case({f"{WORKER}.csv": "Worker_ID , Given Name\nw1,Tamsin\n"}, 1),
    "a table of something else": Case({f"{WORKER}.csv": "a,b\n1,2\n3,4\n"}, aside={"no column of this source": 2}),
    "a text that is no table": Case({f"{WORKER}.csv": "hello"}, aside={"no column of this source": 1}),
    "a table that is JSON": Case({f"{WORKER}.csv": lines({"worker_id": "w1"}, {"worker_id": "w2"})}, 2),
    "a table of Windows": Case(
        {f"{WORKER}.csv": (TWO_PEOPLE + "w3,Zoë O’Hara,z@acme.example.com,2024-01-01\n" * 2).encode("cp1252")}, 3, 1
    ),
    "a row of Windows in a table in UTF-8": Case(
        {
            f"{WORKER}.csv": f"{TWO_PEOPLE}w3,Zoë,,\n".encode()
            + "w4,Zoë,z@acme.example.com,2024-01-01\n".encode("cp1252")
        },
        3,
        aside={"bytes that are no text": 1},
    ),
    "a table in an Eastern encoding": Case(
        {f"{WORKER}.csv": TWO_PEOPLE.encode() + "w3,山田太郎,z@acme.example.com,2024-01-01\n".encode("shift-jis")},
        2,
        aside={"bytes that are no text": 1},
    ),
    "wrong types in a table": Case(
        {f"{PAYMENT}.csv": PAID},
        1,
        aside={"paid_on is no date": 1, "amount is no number": 1},
    ),
    "rows without what is required": Case(
        {f"{PAYMENT}.csv": "payment_id,worker_id,paid_on\np1,,2026-01-31\n,w1,2026-01-31\np3,w1,2026-01-31\n"},
        1,
        aside={"no worker_id": 1, "no payment_id": 1},
    ),
    "keys in another case": Case(
        {
            f"{OKTA}/a.jsonl": lines({k.lower(): v for k, v in event("a").items()}),
            f"{OKTA}/b.jsonl": lines({k.upper(): v for k, v in event("b").items()}, event("c")),
            f"{OKTA}/c.jsonl": '{ "UUID" : "d", "published":"2026-03-02T14:00:00Z", "eventtype"\t:"user.session.start",'
            '"ACTOR":{"ALTERNATEID":"tamsin.okoro@acme.example.com"}, "note":"\\"eventtype\\": no key"}\n',
        },
        4,
    ),
    "keys written with escapes": Case(
        {f"{OKTA}/a.jsonl": lines(json.dumps(event("a")).replace("published", "p\\u0075blished"))}, 1
    ),
    "keys with dots": Case(
        {f"{OKTA}/a.jsonl": lines({**event("a"), "client.ipAddress": "192.0.2.99", "id.orig_h": "x"})}, 1
    ),
    "keys with quotes and blanks": Case({f"{OKTA}/a.jsonl": lines({**event("a"), 'a "b" c, d': 1, "": 2})}, 1),
    "the same file twice": Case({f"{OKTA}/a.jsonl": GOOD, f"{OKTA}/b/a.jsonl.gz": gzip.compress(GOOD)}, 3, 3),
    "overlapping files": Case(
        {f"{OKTA}/a.jsonl": lines(event("a"), event("b")), f"{OKTA}/b.jsonl": lines(event("b"), event("c"))}, 3, 1
    ),
    "a readable and an unreadable copy": Case(
        {f"{OKTA}/a.jsonl": lines(event("a", published="soon")), f"{OKTA}/b.jsonl": lines(event("a"))},
        1,
        aside={"no occurred_at": 1},
    ),
    "a folder that is no source": Case(
        {"another_log/a.jsonl": GOOD, "records/unknown.csv": "a\n1\n"}, aside={"no source": 1, "no record table": 1}
    ),
    "files beside the folders": Case({"notes.txt": "hello", f"{OKTA}/.hidden": "x"}, aside={"lies in no source's": 1}),
    "odd file names": Case(
        {f"{OKTA}/{name}": lines(event(f"o{n}")) for n, name in enumerate(NAMES)},
        19,
    ),
    "commits between unit separators": Case(
        {
            f"{GIT}/a.txt": COMMIT,
            f"{GIT}/b.txt.gz": gzip.compress(COMMITS.encode()),
        },
        2,
        aside={"2 fields": 1},
    ),
    "a commit with a carriage return inside": Case(
        {f"{GIT}/a.txt": COMMIT + COMMITS.replace("Ada, ", "Ada\r")}, 1, aside={"a line's end inside": 1, "2 fields": 1}
    ),
}
