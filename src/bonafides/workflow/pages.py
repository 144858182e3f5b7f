"""What pages show of the latest run: masked values, gathered once for a run and kept until there is a newer one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import Any

from bonafides.cases.state import AGAINST, CLEARED, State, Subject
from bonafides.errors import BadSettings
from bonafides.exchange.case.base import Proof
from bonafides.exchange.report.layout import places
from bonafides.indicators.base import Indicator
from bonafides.store.duckdb import Store, quoted
from bonafides.store.publishing import RECORDS, RUNS, manifest
from bonafides.workflow import news, readiness
from bonafides.workflow.explain import Explanation, Told, explained, found_in, indicators_of, is_subject, tag_of
from bonafides.workflow.export import Veil, veil
from bonafides.workflow.habits import Habits, habits
from bonafides.workflow.listing import RANK
from bonafides.workflow.proofs import Proofs, behind
from bonafides.workflow.published import latest_run, source
from bonafides.workflow.quiet import Quiet, quiet

Row = Mapping[str, Any]
# Rows of one page of a list.
PAGE = 50
# Networks that are drawn before somebody asks, the largest first.
_DRAWN = 20


@dataclass(frozen=True)
class Listed:
    """A page of a list. Shape: `total` counts all; `page` counts from 1."""

    rows: Sequence[Row]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True)
class Network:
    """A network with its members and what they share, masked.

    Shape: `spokes` are (place in `hubs`, place in `members`, first day, last day); members and hubs have `at`, where
    they stand in a picture of `width` and `height`.
    """

    row: Row
    members: Sequence[Row]
    hubs: Sequence[Row]
    spokes: Sequence[tuple[int, int, str, str]]
    width: float
    height: float


class Pages:
    """The latest run of a workspace, as pages ask for it. Safe to be called from several threads."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self._lock = RLock()
        self._of: _Run | None = None

    @property
    def run(self) -> "_Run":
        """The latest run. Raises: BadSettings where there is none."""
        latest = latest_run(self._workspace)
        with self._lock:
            if self._of is None or self._of.path != latest:
                self._of = _Run(latest)
            return self._of

    def runs(self) -> list[Row]:
        """All published runs, the newest first."""
        found = [manifest(p) for p in (self._workspace / RUNS).iterdir() if (p / "manifest.json").exists()]
        return sorted(found, key=lambda m: (str(m.get("as_of")), m["run_id"]), reverse=True)


class _Run:
    """One run, opened once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifest = manifest(path)
        self._lock = RLock()
        self._store = Store(threads=1)
        self._networks: dict[str, Network] = {}
        self._looked: tuple[tuple[Path, int], Proofs] | None = None

    def warm(self) -> None:
        """Gather what every page needs, so that the first is as fast as the next."""
        _ = self._veil, self._known, self.news, self.untested, self.tiers
        for row in self.networks()[:_DRAWN]:
            self.network(row["network_id"])

    @cached_property
    def _veil(self) -> Veil:
        return veil(self._store, self.path)

    @cached_property
    def _known(self) -> Mapping[str, Indicator]:
        return indicators_of(self.path)

    def _proofs(self) -> Proofs:
        """Where raw items lie, looked up again once records were read anew."""
        workspace = self.path.parents[1]
        ledger = workspace / "ledger.json"
        of = ((workspace / RECORDS).resolve(), ledger.stat().st_mtime_ns if ledger.exists() else 0)
        if self._looked is None or self._looked[0] != of:
            self._looked = (of, Proofs(self._store, workspace))
        return self._looked[1]

    @cached_property
    def news(self) -> news.News:
        """What this run says that the one before did not."""
        return news.since(self.path, shown=self._veil)

    @cached_property
    def readiness(self) -> Sequence[readiness.Company]:
        """What could be tested at each company."""
        with self._lock:
            return readiness.gather(*(self._rows(f"SELECT * FROM {self._from(name)}") for name in readiness.TABLES))

    def _from(self, table: str) -> str:
        return source(self.path, table)

    def _rows(self, sql: str) -> list[dict[str, Any]]:
        with self._lock:
            return self._store.rows(sql)

    @cached_property
    def tiers(self) -> Mapping[str, int]:
        """How many subjects there are of each tier."""
        rows = self._rows(f"SELECT tier, count(*) AS n FROM {self._from('assessment')} GROUP BY tier ORDER BY {RANK}")
        return {row["tier"]: row["n"] for row in rows}

    @cached_property
    def untested(self) -> Mapping[str, int]:
        """Workers of whom a claim could not be tested, by claim."""
        counts: dict[str, int] = {}
        for company in self.readiness:
            for claim in company.claims:
                counts[claim.claim] = counts.get(claim.claim, 0) + claim.untested
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def quiet(self, decided: State, today: date) -> Quiet:
        """Who and what of this run people dismissed, with nothing newer found since."""
        with self._lock:
            return quiet(self._store, self.path, decided, today)

    def worklist(self, page: int = 1, tier: str | None = None, still: Collection[Subject] = ()) -> Listed:
        """Those to look at, by tier and probability; watched ones after them, or one tier alone.

        Shape: without those kept `still`, unless a tier is asked for.
        """
        where = f"tier = {quoted(tier)}" if tier else "tier <> 'clear'"
        if still and not tier:
            listed = ", ".join(quoted(f"{company}/{subject}") for company, subject in sorted(still))
            where += f" AND company || '/' || subject_id NOT IN ({listed})"
        return self._listed(where, f"{RANK}, stand_in DESC, company, subject_id", page)

    def _listed(self, where: str, order: str, page: int) -> Listed:
        page = max(1, page)
        total = self._rows(f"SELECT count(*) AS n FROM {self._from('assessment')} WHERE {where}")[0]["n"]
        rows = self._rows(
            f"SELECT * FROM {self._from('assessment')} WHERE {where} ORDER BY {order} "
            f"LIMIT {PAGE} OFFSET {(page - 1) * PAGE}"
        )
        return Listed([self._masked(row) for row in rows], total, page)

    def _masked(self, row: dict[str, Any]) -> Row:
        who = (row["company"], row["subject_id"])
        return {**row, "subject_id": None, "subject": self.tag(who), "who": who}

    def tag(self, who: Subject) -> str:
        """What stands for a subject."""
        with self._lock:
            return self._veil.who(*who)

    def search(self, text: str) -> Listed:
        """Subjects whose tag, company or network has a text in it; an id must be whole, so that none is guessed."""
        wanted = text.strip().casefold()
        if not wanted:
            return Listed((), 0, 1)
        order = f"{RANK}, stand_in DESC, company, subject_id"
        rows = self._rows(f"SELECT * FROM {self._from('assessment')} ORDER BY {order}")
        found = []
        for row in rows:
            said = (tag_of(row), row["company"].casefold(), (row["network_id"] or "").casefold())
            exact = wanted in (row["subject_id"].casefold(), f"{row['company']}/{row['subject_id']}".casefold())
            if exact or any(wanted in one for one in said):
                found.append(row)
        return Listed([self._masked(row) for row in found[:PAGE]], len(found), 1)

    def who(self, company: str, tag: str) -> Subject:
        """Whom a tag of a company stands for. Raises: BadSettings where it is nobody."""
        with self._lock:
            row = found_in(self._store, self.path, tag, company)
        return row["company"], row["subject_id"]

    def dossier(self, who: Subject) -> Explanation:
        """What is thought of a subject and why, masked."""
        with self._lock:
            return explained(self._store, self.path, *who, self._veil, self._known)

    def evidence(self, who: Subject) -> Sequence[tuple[Told, Sequence[Proof]]]:
        """Each finding of a subject with the raw items behind it, by file, digest and place in the file."""
        one = self.dossier(who)
        with self._lock:
            found = behind(self._store, self.path, who, one.findings, self._proofs())
        return list(zip(one.findings, found, strict=True))

    def networks(self) -> Sequence[Row]:
        """All networks, the largest first."""
        return self._rows(f"SELECT * FROM {self._from('network')} ORDER BY members DESC, network_id")

    def network(self, network_id: str) -> Network:
        """One network, drawn once. Raises: BadSettings where there is none of this id."""
        with self._lock:
            if network_id not in self._networks:
                self._networks[network_id] = self._network(network_id)
            return self._networks[network_id]

    def _network(self, network_id: str) -> Network:
        rows = self._rows(f"SELECT * FROM {self._from('network')} WHERE network_id = {quoted(network_id)}")
        if not rows:
            raise BadSettings("no such network in the latest run")
        members = self._rows(
            f"SELECT a.*, m.probability FROM {self._from('network_member')} AS m JOIN {self._from('assessment')} AS a "
            f"ON a.company = m.company AND a.subject_id = m.subject_id WHERE m.network_id = {quoted(network_id)} "
            f"ORDER BY {RANK}, m.probability DESC, a.company, a.subject_id"
        )
        hubs = self._rows(
            f"SELECT h.hub, u.kind, u.value, u.weight, count(*) AS holders FROM {self._from('network_member')} AS m "
            f"JOIN {self._from('hub_member')} AS h ON h.company = m.company AND h.subject_id = m.subject_id "
            f"JOIN {self._from('hub')} AS u ON u.hub = h.hub WHERE m.network_id = {quoted(network_id)} "
            "AND u.explained_by IS NULL GROUP BY h.hub, u.kind, u.value, u.weight HAVING count(*) > 1 "
            "ORDER BY holders DESC, u.weight DESC, h.hub"
        )
        return self._drawn(rows[0], members, hubs)

    def _drawn(self, row: Row, members: Sequence[dict[str, Any]], hubs: Sequence[dict[str, Any]]) -> Network:
        """A network with its picture."""
        place = {(m["company"], m["subject_id"]): n for n, m in enumerate(members)}
        at_hub = {(h["kind"], h["value"]): n for n, h in enumerate(hubs)}
        days: dict[tuple[int, int], tuple[str, str]] = {}
        for tie in self._rows(
            f"SELECT t.* FROM {self._from('tie')} AS t "
            f"SEMI JOIN (SELECT * FROM {self._from('network_member')} WHERE network_id = {quoted(row['network_id'])}) "
            "AS m ON m.company = t.a_company AND m.subject_id = t.a WHERE t.explained_by IS NULL"
        ):
            hub = at_hub.get((tie["kind"], tie["value"]))
            for end in ((tie["a_company"], tie["a"]), (tie["b_company"], tie["b"])):
                if hub is not None and end in place:
                    first, last = str(tie["first_at"])[:10], str(tie["last_at"])[:10]
                    known = days.get((hub, place[end]), (first, last))
                    days[hub, place[end]] = (min(known[0], first), max(known[1], last))
        spokes = [(h, m, first, last) for (h, m), (first, last) in sorted(days.items())]
        drawn = places(len(members), [[m for g, m, *_ in spokes if g == h] for h in range(len(hubs))])
        with self._lock:
            masked = [{**hub, "value": self._veil.mask.value(hub["value"], hub["kind"])} for hub in hubs]
        return Network(
            row,
            [{**self._masked(m), "at": at} for m, at in zip(members, drawn.members, strict=True)],
            [{**hub, "at": at} for hub, at in zip(masked, drawn.hubs, strict=True)],
            spokes,
            drawn.width,
            drawn.height,
        )

    def habits(self, who: Subject) -> Habits | None:
        """When and where a subject was seen. Unknown: None for whom nothing is held against, or of an older run."""
        hours, places_seen = (self._of(who, table) for table in ("rhythm", "whereabouts"))
        return habits(hours, places_seen) if hours or places_seen else None

    def _of(self, who: Subject, table: str) -> list[dict[str, Any]]:
        if not (self.path / f"{table}.parquet").exists():
            return []
        return self._rows(f"SELECT * FROM {self._from(table)} WHERE {is_subject(*who)}")

    def indicator(self, name: str) -> Indicator:
        """One indicator. Raises: BadSettings where there is none of this id."""
        with self._lock:
            if name not in self._known:
                raise BadSettings("no such indicator")
            return self._known[name]

    def indicators(self, decided: State) -> list[Row]:
        """Every indicator: how many it found, and of those decided how many were confirmed or dismissed."""
        outcome = {who: one.outcome for who, one in decided.decided().items()}
        found = self._rows(f"SELECT DISTINCT company, subject_id, indicator FROM {self._from('finding')}")
        counts: dict[str, dict[str, int]] = {}
        for row in found:
            own = counts.setdefault(row["indicator"], {"found": 0, "confirmed": 0, "dismissed": 0})
            own["found"] += 1
            told = outcome.get((row["company"], row["subject_id"]))
            own["confirmed"] += told == AGAINST
            own["dismissed"] += told == CLEARED
        nothing = {"found": 0, "confirmed": 0, "dismissed": 0}
        with self._lock:
            live = sorted(self._known.values(), key=lambda i: (i.claim, i.id))
        return [
            {"id": i.id, "title": i.title, "claim": i.claim, "state": i.state, **counts.get(i.id, nothing)}
            for i in live
        ]
