"""Every kind-typed column of every record table as sightings: no per-source code."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from bonafides.kinds.base import Kind
from bonafides.records.base import Address, Table
from bonafides.sightings.known_texts import KnownTexts
from bonafides.store.engine import Engine
from bonafides.store.filled import with_rows

_ADDRESS_KIND = "postal_address"
# Columns in which an applicant names somebody else: a value there is not the subject's own.
NAMED_OTHERS = frozenset({"application:reference_phones", "application:reference_emails"})


# Rows that somebody else can make: whoever tries passwords of many accounts must not tie their owners together.
_OWN = {"sign_in": " AND coalesce(t.outcome, '') <> 'failure'"}


def typed(table: Table) -> Iterator[tuple[str, str, str, bool]]:
    """Typed values of a table as (kind, SQL of the raw text, via, several in one text)."""
    has_country = any(c.name == "country" for c in table.columns)
    for column in table.columns:
        if column.kind:
            is_national = column.kind == "phone" and has_country and not column.many
            raw = _national(column.name) if is_national else column.name
            yield column.kind, raw, f"{table.name}:{column.name}", column.many
    for one in table.addresses:
        yield _ADDRESS_KIND, raw_address(one), f"{table.name}:{one.prefix}address", False


def vias(tables: Iterable[Table]) -> dict[tuple[str, str], str]:
    """How sightings call the typed columns of tables, by (table, column).

    Shape: without addresses, whose parts are read by themselves too.
    """
    return {(t.name, c.name): f"{t.name}:{c.name}" for t in tables for c in t.columns if c.kind}


def raw_address(address: Address) -> str:
    """SQL of an address's raw text: five parts joined by the unit separator, NULL where there is no street."""
    parts = " || chr(31) || ".join(f"coalesce({c}, '')" for c in address.columns)
    return f"CASE WHEN {address.columns[0]} IS NOT NULL THEN {parts} END"


def _national(phone: str) -> str:
    """SQL of a telephone number's raw text: where it names no country itself, with the country of the row."""
    return f"CASE WHEN country IS NULL OR trim({phone}) LIKE '+%' THEN {phone} ELSE {phone} || chr(31) || country END"


def clean(
    store: Engine, tables: Mapping[str, Table], kinds: Mapping[str, Kind], known: KnownTexts | None = None
) -> None:
    """`cleaned`: each distinct raw text of a kind with the value it is; texts that are no value are left out.

    Shape: what `known` knows is not cleaned again.
    Why: a kind's `clean` runs once per distinct text, so its cost follows the values and not the rows.
    """
    store.execute("CREATE OR REPLACE TEMP TABLE cleaned (kind VARCHAR, raw VARCHAR, value VARCHAR)")
    wanted: dict[str, list[tuple[str, str, bool]]] = {}
    for name in with_rows(store, tables):
        table = tables[name]
        for kind, column, _, many in typed(table):
            wanted.setdefault(kind, []).append((name, column, many))
    for kind, columns in sorted(wanted.items()):
        texts = " UNION ".join(
            f"SELECT {column} AS raw, {str(many).lower()} AS many FROM {name} WHERE ({column}) IS NOT NULL"
            for name, column, many in columns
        )
        query = f"SELECT raw, bool_or(many) AS many FROM ({texts}) GROUP BY raw"
        translate = store.translate if known is None else partial(known.translate, kind)
        translate("just_cleaned", query, partial(_pieces, kinds[kind].clean))
        meets = kinds[kind].meets
        if meets is not None:
            _meet(store, meets)
        store.execute(f"INSERT INTO cleaned SELECT DISTINCT '{kind}', raw, value FROM just_cleaned")
        store.execute("DROP TABLE just_cleaned")
    if known is not None:
        known.keep()


def _pieces(clean: Callable[[str], str | None], raw: str, is_many: bool) -> list[str]:
    """The values that a raw text holds."""
    found = (clean(piece) for piece in (raw.split(";") if is_many else [raw]))
    return [value for value in found if value is not None]


def _meet(store: Engine, meets: Callable[[Iterable[str]], list[frozenset[str]]]) -> None:
    """Put one value for all that are near one another."""
    values = [row["value"] for row in store.rows("SELECT DISTINCT value FROM just_cleaned ORDER BY value")]
    same = {value: min(group) for group in meets(values) for value in group}
    store.load("met", {"value": list(same), "first": list(same.values())}, dict.fromkeys(("value", "first"), "VARCHAR"))
    store.fill_in("just_cleaned", {"value": "m.first"}, "met AS m", "m.value = just_cleaned.value")
    store.execute("DROP TABLE met")


def derive(store: Engine, tables: Mapping[str, Table]) -> None:
    """`sighting`: one row per subject, kind, value, table and day."""
    store.execute(
        "CREATE OR REPLACE TABLE sighting (company VARCHAR, subject_id VARCHAR, day DATE, kind VARCHAR, value VARCHAR, via VARCHAR, "
        "n BIGINT, first_at TIMESTAMP, last_at TIMESTAMP, hours BIGINT, amount DOUBLE, first_ref VARCHAR, last_ref VARCHAR)"
    )
    for name in with_rows(store, tables):
        table = tables[name]
        if not table.reaches:
            continue
        is_timed = any(c.name == table.time and c.type == "timestamp" for c in table.columns)
        hours = "bit_or(hour_bit(moment))" if is_timed else "CAST(0 AS BIGINT)"
        amount = f"rounded(sum(CAST(t.{table.amount} AS DOUBLE)), 2)" if table.amount else "CAST(NULL AS DOUBLE)"
        for kind, column, via, _ in typed(table):
            store.execute(
                f"""INSERT INTO sighting
                SELECT company, subject_id, CAST(moment AS DATE), '{kind}', value, '{via}', count(*), min(moment), max(moment),
                       {hours}, {amount.replace("t.", "")}, min_by(event_ref, in_order(moment, event_ref)), max_by(event_ref, in_order(moment, event_ref))
                FROM (SELECT t.*, c.value, CAST(t.{table.time} AS TIMESTAMP) AS moment FROM {name} AS t
                      JOIN cleaned AS c ON c.kind = '{kind}' AND c.raw = {_of("t", column)} WHERE t.subject_id IS NOT NULL{_OWN.get(name, "")})
                GROUP BY company, subject_id, CAST(moment AS DATE), value"""
            )


def _of(alias: str, column: str) -> str:
    """The raw text's SQL, its columns taken from one table."""
    if column.isidentifier():
        return f"{alias}.{column}"
    return column
