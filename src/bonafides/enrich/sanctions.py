"""Payees and wallets held against lists of sanctions: OFAC's CSV, and OpenSanctions' CSV and JSON Lines.

Why: paying a listed party is unlawful whatever one knew, so the question must be asked; but names repeat, and a
likeness of names says next to nothing of a person. A wallet is the same or it is not.
"""

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from bonafides.derived import listed, sanctions_list
from bonafides.errors import BadSettings
from bonafides.kinds import wallet
from bonafides.store.engine import Engine

# Of a hundred; below it, names of different people are as often meant as spellings of one.
ALIKE = 92.0
STALE_DAYS = 30
# A holder is held against the entries that share one of its two rarest words.
_RAREST = 2
_OFAC_WALLET = re.compile(r"Digital Currency Address - (\w+) ([A-Za-z0-9:]+)")
_SDN_COLUMNS, _ALT_COLUMNS, _NOTHING = 12, 5, "-0-"


@dataclass(frozen=True)
class Entry:
    """One name or wallet of a list. Shape: `what` is name or wallet; `entry` the list's own id."""

    what: str
    value: str
    entry: str


def read(path: Path) -> Iterator[Entry]:
    """Names and wallets of one list.

    Shape: OFAC's SDN.CSV or ALT.CSV (no header), OpenSanctions' `targets.simple.csv` or entities as JSON Lines.
    Raises: BadSettings where the file is none of these.
    """
    try:
        with path.open(encoding="utf-8", errors="replace", newline="") as lines:
            first = lines.readline()
            lines.seek(0)
            if first.lstrip().startswith("{"):
                yield from _entities(path, lines)
            elif first.startswith(('"id"', "id,")):
                yield from _targets(csv.DictReader(lines))
            else:
                yield from _ofac(path, csv.reader(lines))
    except OSError as why:
        raise BadSettings(f"{path}: cannot be read as a list of sanctions") from why


def _entities(path: Path, lines: Iterable[str]) -> Iterator[Entry]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            said: Mapping[str, list[str]] = told["properties"]
        except (ValueError, KeyError, TypeError) as why:
            raise BadSettings(f"{path}:{number}: no entity of OpenSanctions") from why
        names = [*said.get("name", ()), *said.get("alias", ()), *said.get("weakAlias", ())]
        if told.get("schema") == "CryptoWallet":
            yield from (Entry("wallet", v, told["id"]) for v in said.get("publicKey", ()))
        else:
            yield from (Entry("name", v, told["id"]) for v in names)


def _targets(rows: Iterable[Mapping[str, str]]) -> Iterator[Entry]:
    for row in rows:
        names = [row.get("name") or "", *(row.get("aliases") or "").split(";")]
        if row.get("schema") == "CryptoWallet":
            keys = [*names, *(row.get("identifiers") or "").split(";")]
            yield from (Entry("wallet", key.strip(), row["id"]) for key in keys if key.strip())
        else:
            yield from (Entry("name", name.strip(), row["id"]) for name in names if name.strip())


def _ofac(path: Path, rows: Iterable[list[str]]) -> Iterator[Entry]:
    for number, row in enumerate(rows, 1):
        said = ["" if cell.strip() == _NOTHING else cell.strip() for cell in row]
        if len(said) <= 1:
            continue  # the file ends with a sign of its own
        if len(said) not in (_SDN_COLUMNS, _ALT_COLUMNS) or not said[0].isdigit():
            raise BadSettings(f"{path}:{number}: neither OFAC's CSV nor OpenSanctions' format")
        name = said[1] if len(said) == _SDN_COLUMNS else said[3]
        if name:
            yield Entry("name", name, said[0])
        for _, key in _OFAC_WALLET.findall(said[-1]):
            yield Entry("wallet", key, said[0])


def derive(store: Engine, lists: Mapping[str, str]) -> list[str]:
    """`sanctions_list` and `listed`; answers which lists are stale, in words.

    Shape: `lists` maps a file to its day, as YYYY-MM-DD.
    Raises: BadSettings where a list cannot be read or has no day.
    """
    store.create(sanctions_list.TABLE)
    store.create(listed.TABLE)
    stale: list[str] = []
    newest = store.value("SELECT CAST(max(last_at) AS DATE) FROM sighting")
    payees = store.rows(_PAYEES) if lists else []
    for name, day in sorted(lists.items()):
        dated = _day(name, day)
        entries = list(read(Path(name)))
        is_stale = newest is not None and (newest - dated).days > STALE_DAYS
        if is_stale:
            stale.append(f"{Path(name).name}: of {dated}, {(newest - dated).days} days older than the newest record")
        told = {"list": Path(name).name, "dated_on": dated, "entries": len(entries), "is_stale": is_stale}
        store.append(sanctions_list.TABLE, [told])
        _wallets(store, Path(name).name, entries)
        _names(store, Path(name).name, entries, payees)
    return stale


def _day(name: str, day: str) -> date:
    try:
        return date.fromisoformat(str(day))
    except ValueError as why:
        raise BadSettings(f"{name}: a list of sanctions is given with its day, as 2026-11-01") from why


def _wallets(store: Engine, name: str, entries: Iterable[Entry]) -> None:
    known = {wallet.KIND.clean(e.value): e.entry for e in entries if e.what == "wallet"}
    known.pop(None, None)
    keys = sorted(key for key in known if key is not None)
    store.load(
        "listed_wallet",
        {"value": keys, "entry": [known[key] for key in keys]},
        {"value": "VARCHAR", "entry": "VARCHAR"},
    )
    store.execute(
        f"INSERT INTO listed SELECT g.company, g.subject_id, 'wallet', g.value, '{_sql(name)}', w.entry, 100.0, min(g.first_at), max(g.last_at), min(g.first_ref) "
        "FROM sighting AS g JOIN listed_wallet AS w ON w.value = g.value WHERE g.kind = 'wallet' GROUP BY g.company, g.subject_id, g.value, w.entry"
    )
    store.execute("DROP TABLE listed_wallet")


def _sql(text: str) -> str:
    return text.replace("'", "''")


_PAYEES = """
SELECT company, subject_id, holder_name AS holder, CAST(min(valid_from) AS TIMESTAMP) AS first_at, CAST(max(valid_from) AS TIMESTAMP) AS last_at, min(event_ref) AS ref
FROM payee WHERE subject_id IS NOT NULL AND holder_name IS NOT NULL GROUP BY ALL ORDER BY company, subject_id, holder"""


def _names(store: Engine, name: str, entries: Iterable[Entry], payees: Iterable[Mapping[str, object]]) -> None:
    found = _Names([e for e in entries if e.what == "name"])
    rows = []
    for payee in payees:
        match = found.nearest(str(payee["holder"]))
        if match is not None:
            entry, likeness = match
            told = {key: payee[key] for key in ("company", "subject_id", "first_at", "last_at", "ref")}
            rows.append({**told, "what": "name", "list": name, "entry": entry.entry, "likeness": round(likeness, 1)})
    store.append(listed.TABLE, rows)


class _Names:
    """Names of a list, ready to be asked. A holder is looked up once, whoever has it."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        self.plain = [utils.default_process(e.value) for e in entries]
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for n, text in enumerate(self.plain):
            for word in set(text.split()):
                self.by_word[word].append(n)
        self.count = Counter({word: len(places) for word, places in self.by_word.items()})
        self.asked: dict[str, tuple[Entry, float] | None] = {}

    def nearest(self, holder: str) -> tuple[Entry, float] | None:
        """The entry whose name is most like a holder's, with the likeness; None where none is alike enough."""
        plain = utils.default_process(holder)
        if plain not in self.asked:
            self.asked[plain] = self._nearest(plain)
        return self.asked[plain]

    def _nearest(self, plain: str) -> tuple[Entry, float] | None:
        words = sorted((w for w in set(plain.split()) if w in self.count), key=lambda w: (self.count[w], w))
        places = sorted({n for word in words[:_RAREST] for n in self.by_word[word]})
        # One word alone is no name.
        if len(plain.split()) < 2 or not places:
            return None
        best = process.extractOne(
            plain, {n: self.plain[n] for n in places}, scorer=fuzz.token_sort_ratio, processor=None, score_cutoff=ALIKE
        )
        return None if best is None else (self.entries[best[2]], float(best[1]))
