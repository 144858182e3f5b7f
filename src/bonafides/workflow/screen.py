"""Assess applications before anybody is hired, against everything that the latest run knows.

Why: a run over everything takes minutes, an application waits. What it shares with others is looked up in the index
of the run, and only they come along, each with the standing that the run gave them; so an application is assessed by
the same code, and explained in the same words, in less than a second.
"""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bonafides.assessment import claims, scores, standing
from bonafides.enrich import addresses, attachments, places, sanctions, tools
from bonafides.errors import BadSettings
from bonafides.indicators.base import CLAIMS, core_of, sharing_of
from bonafides.indicators.evaluation import evaluate
from bonafides.kinds.base import Kind
from bonafides.network import parties, sharing, telling
from bonafides.run import Run
from bonafides.settings import Settings
from bonafides.sightings import attribution, firms, persons, subjects, values
from bonafides.store.duckdb import Store, quoted
from bonafides.workflow.derive import kinds
from bonafides.workflow.detect import indicators, vias, weights_of
from bonafides.workflow.explain import Explanation, explained
from bonafides.workflow.export import veil
from bonafides.workflow.file_ledger import FileLedger
from bonafides.workflow.index import INDEX
from bonafides.workflow.ingest import ingest, record_tables
from bonafides.workflow.published import PUBLISHED, latest_run, source

# What is known of people who work already. An indicator that reads it has nothing to say of who only applied.
_OF_WORK = frozenset(
    {*record_tables(), "working_hours", "working_week"}
    - {"application", "interview", "verification", "worker", "asset"}
)


def screen(
    workspace: Path, applications: Path, company: str | None, settings: Settings, run: Run, masked: bool = True
) -> tuple[tuple[Explanation, ...], list[FileLedger]]:
    """Every application of a file or of a folder in the shape of EXPORTS, explained; and what became of the files.

    Shape: a file holds rows of the `application` table, and `company` says whose they are. Order: by company and
    subject. Whom the run knows already as an applicant is assessed anew, by what the file says.
    Raises: BadSettings where there is no run, no such file, or a file comes without a company.
    """
    known_run = latest_run(workspace)
    if not (known_run / INDEX).is_dir():
        raise BadSettings(f"{workspace}: the latest run has no index: call investigate again")
    scratch = Path(tempfile.mkdtemp(prefix="screen-"))
    store = Store(scratch, settings.engine_memory(), settings.threads)
    try:
        ledgers = ingest(store, _exports(applications, company, scratch), run, scratch, settings.mappings).ledgers
        _derive(store, settings, known_run)
        _judge(store, settings, known_run)
        return tuple(_explain(store, scratch / known_run.name, known_run, masked)), ledgers
    finally:
        store.close()
        shutil.rmtree(scratch, ignore_errors=True)


def _exports(applications: Path, company: str | None, scratch: Path) -> Path:
    """The applications as a folder of exports."""
    if applications.is_dir():
        return applications
    if not applications.is_file():
        raise BadSettings(f"{applications}: no such file or folder")
    if company is None:
        raise BadSettings(f"{applications}: a file of applications comes with the company whose they are (--company)")
    place = scratch / "exports" / company / "records" / f"application.{applications.name.partition('.')[2] or 'csv'}"
    place.parent.mkdir(parents=True)
    shutil.copy(applications, place)
    return scratch / "exports"


def _derive(store: Store, settings: Settings, run: Path) -> None:
    """Everything that indicators read, of the applicants and of whoever shares something with them."""
    tables, known = record_tables(), kinds()
    attribution.attribute(store, tables)
    values.clean(store, tables, known)
    _meet(store, known, run)
    values.derive(store, tables)
    subjects.derive(store)
    store.execute("CREATE TEMP TABLE fresh AS SELECT company, subject_id FROM subject")
    if not store.value("SELECT count(*) FROM fresh"):
        raise BadSettings("no application that could be read")
    addresses.facts(store, settings.address_databases)
    places.locate(store)
    places.counters(store)
    tools.derive(store, settings.own_tools)
    attachments.derive(store)
    sanctions.derive(store, {})
    _neighbours(store, run)
    persons.link(store)
    firms.firms(store)
    parties.parties(store)
    # What neighbours share among themselves stands in their standing already.
    store.execute("DELETE FROM sighting WHERE (kind, value) NOT IN (SELECT (kind, value) FROM asked_value)")
    sharing.share(store, known)
    telling.joined(store)
    store.execute(f"CREATE TABLE met_rate AS SELECT * FROM {_index(run, 'rate')}")
    learnt = {row["likeness"]: row["share"] for row in store.rows(f"SELECT * FROM {_index(run, 'likeness')}")}
    telling.estimate(store, known, settings.prior_stand_in, learnt)
    telling.ties(store)


def _index(run: Path, name: str) -> str:
    return f"read_parquet({quoted(str(run / INDEX / f'{name}.parquet'))})"


def _meet(store: Store, known: Mapping[str, Kind], run: Path) -> None:
    """Take a value for the near one that the run knows, where kinds meet by nearness."""
    for name, kind in known.items():
        if kind.near is None or kind.meets is None:
            continue
        fresh = [row["value"] for row in store.rows(f"SELECT DISTINCT value FROM cleaned WHERE kind = '{name}'")]
        keys = sorted({key for value in fresh for key in kind.near(value)})
        if not keys:
            continue
        store.load("asked_key", {"key": keys}, {"key": "VARCHAR"})
        met = store.rows(
            f"SELECT DISTINCT n.value FROM {_index(run, 'near')} AS n JOIN asked_key USING (key) WHERE n.kind = '{name}'"
        )
        there = {row["value"] for row in met}
        moved = {}
        for value in fresh:
            group = next((g for g in kind.meets([value, *there]) if value in g), frozenset())
            if near := group & there:
                moved[value] = min(near)
        store.load(
            "moved", {"value": list(moved), "near": list(moved.values())}, dict.fromkeys(("value", "near"), "VARCHAR")
        )
        store.execute(
            f"UPDATE cleaned SET value = m.near FROM moved AS m WHERE cleaned.kind = '{name}' AND cleaned.value = m.value"
        )


def _neighbours(store: Store, run: Path) -> None:
    """Add whoever shares a value with an applicant: what they hold, who they are, and what is known of the values."""
    store.execute("CREATE TEMP TABLE asked_value AS SELECT DISTINCT kind, value FROM sighting")
    same = "SEMI JOIN asked_value AS v ON v.kind = s.kind AND v.value = s.value"
    store.execute(
        f"""CREATE TEMP TABLE met AS SELECT s.* FROM {_index(run, "seen")} AS s {same}
        ANTI JOIN fresh AS f ON f.company = s.company AND f.subject_id = s.subject_id"""
    )
    store.execute("CREATE TEMP TABLE neighbour AS SELECT DISTINCT company, subject_id FROM met")
    store.execute(
        f"""INSERT INTO sighting BY NAME SELECT * FROM met
        UNION SELECT o.* FROM {_index(run, "own")} AS o SEMI JOIN neighbour AS n ON n.company = o.company AND n.subject_id = o.subject_id"""
    )
    store.execute(
        f"INSERT INTO subject BY NAME SELECT s.* FROM {source(run, 'subject')} AS s SEMI JOIN neighbour AS n ON n.company = s.company AND n.subject_id = s.subject_id"
    )
    store.execute(f"CREATE TEMP TABLE known_fact AS SELECT s.* FROM {_index(run, 'fact')} AS s {same}")
    store.execute(
        "DELETE FROM value_fact USING known_fact AS k WHERE k.kind = value_fact.kind AND k.value = value_fact.value"
    )
    store.execute(
        """INSERT INTO value_fact BY NAME
        WITH more AS (
          SELECT g.kind, g.value, count(DISTINCT g.company || chr(31) || g.subject_id) AS people FROM sighting AS g
          SEMI JOIN fresh AS f ON f.company = g.company AND f.subject_id = g.subject_id GROUP BY g.kind, g.value)
        SELECT k.* REPLACE (k.holders + coalesce(m.people, 0) AS holders) FROM known_fact AS k
        LEFT JOIN more AS m ON m.kind = k.kind AND m.value = k.value"""
    )


def _judge(store: Store, settings: Settings, run: Path) -> None:
    """Findings of the applicants, and their assessments beside the others' standing."""
    everything = {n: i for n, i in indicators().items() if i.state == "live"}
    known = {n: i for n, i in everything.items() if not _OF_WORK & set(i.reads)}
    asked = store.rows(
        f"SELECT DISTINCT indicator FROM {source(run, 'evaluation')} WHERE outcome = 'ran' AND company IN (SELECT company FROM fresh)"
    )
    # What the company's other records allow to ask, they allow to ask of an applicant as well.
    at_work = {row["indicator"] for row in asked}
    evaluate(store, {n: replace(i, needs=()) if n in at_work else i for n, i in known.items()}, vias())
    _only_fresh(store, "finding")
    scores.contribute(store, weights_of(everything, settings), settings)
    _only_fresh(store, "contribution")
    # What ties told them in the run is told anew along the values that the applicants share, and stays for all others.
    store.execute(
        f"""INSERT INTO contribution BY NAME
        SELECT c.* FROM {source(run, "contribution")} AS c SEMI JOIN neighbour AS n ON n.company = c.company AND n.subject_id = c.subject_id
        WHERE c.step <> 'tie' OR c.value NOT IN (SELECT value FROM asked_value)"""
    )
    claims.stand(store, CLAIMS, {name: one.needs for name, one in known.items()}, vias())
    outcome = standing.assess(store, settings, _before(store, run), core_of(everything), sharing_of(everything))
    standing.conclude(store, settings, outcome)
    standing_of = [(g.network_id, *m) for g in outcome.networks for m in g.members]
    store.load(
        "network_member",
        {name: [row[n] for row in standing_of] for n, name in enumerate(("network_id", "company", "subject_id"))},
        dict.fromkeys(("network_id", "company", "subject_id"), "VARCHAR"),
    )


def _only_fresh(store: Store, table: str) -> None:
    store.execute(
        f"CREATE OR REPLACE TABLE {table} AS SELECT t.* FROM {table} AS t SEMI JOIN fresh AS f ON f.company = t.company AND f.subject_id = t.subject_id"
    )


def _before(store: Store, run: Path) -> dict[tuple[str, str], str]:
    rows = store.rows(
        f"SELECT m.company, m.subject_id, m.network_id FROM {source(run, 'network_member')} AS m SEMI JOIN neighbour AS n ON n.company = m.company AND n.subject_id = m.subject_id"
    )
    return {(row["company"], row["subject_id"]): row["network_id"] for row in rows}


def _explain(store: Store, place: Path, run: Path, masked: bool) -> Sequence[Explanation]:
    """Published as a run's tables are, so that one explanation serves both."""
    for table in ("assessment", "finding", "contribution", "tie", "network_member", "subject"):
        store.write(f"SELECT * FROM {table} ORDER BY {PUBLISHED[table]}", place / f"{table}.parquet")
    (place / "manifest.json").write_text("{}", "utf-8")
    fresh = store.rows("SELECT company, subject_id FROM fresh ORDER BY company, subject_id")
    known = indicators()
    shown = veil(store, place) if masked else None
    made = [explained(store, place, row["company"], row["subject_id"], shown, known) for row in fresh]
    return [_known(store, one, run) for one in made]


def _known(store: Store, one: Explanation, run: Path) -> Explanation:
    """Networks have as many members as the run gave them, and whoever is new."""
    if one.network_id is None:
        return one
    there = store.value(
        f"SELECT count(*) FROM {source(run, 'network_member')} WHERE network_id = {quoted(one.network_id)}"
    )
    return replace(one, network_members=max(one.network_members, int(there) + 1))
