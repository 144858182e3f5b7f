"""From records to sightings, value facts and ties."""

import sys
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import bonafides.kinds
import bonafides.reference
import bonafides.sightings
from bonafides import units
from bonafides.enrich import (
    addresses,
    attachments,
    exits,
    hours,
    infrastructure,
    lines,
    payouts,
    places,
    sanctions,
    tools,
)
from bonafides.kinds.base import Kind
from bonafides.network import parties, sharing, telling
from bonafides.run import Run, some
from bonafides.settings import Settings
from bonafides.sightings import attribution, firms, persons, subjects, values
from bonafides.sightings.known_texts import KnownTexts
from bonafides.store.duckdb import Store
from bonafides.store.engine import Engine
from bonafides.workflow.ingest import digest_of_rooms, record_tables


def kinds() -> dict[str, Kind]:
    """All kinds by name."""
    return units.modules(bonafides.kinds, "KIND", Kind)


def known_texts(store: Store, folder: Path) -> KnownTexts:
    """The texts that the run before has cleaned as this one would, kept in a folder."""
    code = digest_of_rooms(bonafides.kinds, bonafides.sightings)
    lists = digest_of_rooms(bonafides.reference, ending=".csv")
    made_by = f"{code} {lists} {sys.version} {version('phonenumbers')}"
    return KnownTexts(store, folder, sha256(made_by.encode()).hexdigest())


def derive(
    store: Engine,
    settings: Settings,
    run: Run,
    before: Mapping[tuple[str, str], str] | None = None,
    texts: KnownTexts | None = None,
) -> None:
    """Everything that indicators read, from the record tables in the store.

    Shape: `before` gives the person of each subject in the run before, so that their ids last; `texts` are those that
    it has cleaned.
    """
    tables, known = record_tables(), kinds()
    run.say("finding out whom each record is about")
    attribution.attribute(store, tables)
    run.say("collecting typed values")
    values.clean(store, tables, known, texts)
    values.derive(store, tables)
    subjects.derive(store)
    persons.link(store, before)
    firms.firms(store)
    _strangers(store, run)
    run.say("looking up what is known of the values")
    facts(store, settings, run)
    run.say("weighing what people share")
    weigh(store, settings, known)


def _strangers(store: Engine, run: Run) -> None:
    """Note where nobody is known, and where most of a log is about nobody known: it would read as clean."""
    is_anybody = "EXISTS (SELECT 1 FROM subject AS s WHERE s.company = u.company)"
    empty = store.rows(f"SELECT DISTINCT company FROM unattributed AS u WHERE NOT {is_anybody}")
    if empty:
        where = some(row["company"] for row in empty)
        run.note(f"nobody is assessed at {where}: no table there says who works or applies there")
    for log in store.rows("SELECT DISTINCT record_table, reason FROM unattributed WHERE n > 0 ORDER BY ALL"):
        table = log["record_table"]
        most = store.rows(
            f"""SELECT u.company FROM unattributed AS u
            JOIN (SELECT company, count(*) AS n FROM {table} GROUP BY company) AS a ON a.company = u.company
            WHERE u.record_table = '{table}' AND 2 * u.n > a.n AND {is_anybody}"""
        )
        if most:
            where = some(row["company"] for row in most)
            run.note(f"most of {table} at {where} reaches nobody: {log['reason']}")


def facts(store: Engine, settings: Settings, run: Run) -> None:
    """What is known of each distinct value."""
    addresses.facts(store, settings.address_databases)
    infrastructure.learn(store, settings.own_ranges)
    places.locate(store)
    places.counters(store)
    payouts.name(store)
    hours.derive(store)
    exits.learn(store)
    lines.learn(store)
    tools.derive(store, settings.own_tools)
    attachments.derive(store)
    for told in sanctions.derive(store, settings.sanctions):
        run.note(f"a list of sanctions is stale: {told}")


def weigh(store: Engine, settings: Settings, known: Mapping[str, Kind]) -> None:
    """Hubs and ties: what people share, and what sharing it is worth."""
    parties.parties(store)
    sharing.share(store, known)
    telling.joined(store)
    telling.rates(store)
    telling.estimate(store, known, settings.prior_stand_in)
    telling.ties(store)
