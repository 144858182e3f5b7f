"""Sightings of typed columns: a telephone number that names no country is one of the country of its row."""

from bonafides.records.base import COMMON, SQL_TYPE
from bonafides.sightings import values
from bonafides.store.duckdb import Store
from bonafides.workflow.derive import kinds
from bonafides.workflow.ingest import record_tables

TABLES = {name: record_tables()[name] for name in ("worker", "application", "credential")}
AT = "TIMESTAMP '2026-03-02 08:00:00'"


def test_numbers_of_one_telephone_meet_however_tables_write_them() -> None:
    store = Store()
    for table in TABLES.values():
        store.create(table, [(c.name, SQL_TYPE[c.type]) for c in COMMON])
        store.execute(f"ALTER TABLE {table.name} ADD COLUMN subject_id VARCHAR")
    store.execute(
        """INSERT INTO worker (company, event_ref, subject_id, phone, country, started_on) VALUES
        ('acme', 'w1', '1', '0171 3920012', 'Deutschland', DATE '2026-03-02'),
        ('acme', 'w2', '2', '(212) 555-0123', NULL, DATE '2026-03-02')"""
    )
    store.execute(
        f"""INSERT INTO application (company, event_ref, subject_id, phone, country, applied_at, reference_phones)
        VALUES ('acme', 'a3', '3', '+49 171 3920012', 'US', {AT}, '+49 171 3920013;+49 171 3920014')"""
    )
    store.execute(
        f"""INSERT INTO credential (company, event_ref, subject_id, phone, occurred_at)
        VALUES ('acme', 'c4', '4', '+491713920012', {AT})"""
    )
    values.clean(store, TABLES, kinds())
    values.derive(store, TABLES)
    found = store.rows("SELECT subject_id, value, via FROM sighting WHERE kind = 'phone' ORDER BY subject_id, value")
    assert [tuple(row.values()) for row in found] == [
        ("1", "+491713920012", "worker:phone"),
        ("2", "+12125550123", "worker:phone"),
        ("3", "+491713920012", "application:phone"),
        ("3", "+491713920013", "application:reference_phones"),
        ("3", "+491713920014", "application:reference_phones"),
        ("4", "+491713920012", "credential:phone"),
    ]
    store.close()


def test_every_typed_column_is_called_by_its_table_and_name() -> None:
    found = values.vias(TABLES.values())
    assert found["worker", "phone"] == "worker:phone"
    assert set(found) == {(t.name, c.name) for t in TABLES.values() for c in t.columns if c.kind}
