"""What a SELECT reads, as the engine parses it."""

import pytest

from bonafides.errors import BadUnit
from bonafides.store.sql import tables_read


@pytest.mark.parametrize(
    ("sql", "read"),
    [
        ("SELECT 1", set()),
        ("WITH own AS (SELECT * FROM worker) SELECT * FROM own JOIN device ON true", {"worker", "device"}),
        ("SELECT (SELECT max(day) FROM sighting) WHERE EXISTS (SELECT 1 FROM payment)", {"sighting", "payment"}),
        ("SELECT * FROM 'people.csv' UNION ALL SELECT * FROM read_csv('people.csv')", {"people.csv", "read_csv"}),
        ("SELECT * FROM (VALUES (1)) AS given(n)", set()),
    ],
)
def test_what_is_read_is_told_without_the_names_of_its_own(sql: str, read: set[str]) -> None:
    assert tables_read(sql) == read


@pytest.mark.parametrize("sql", ["DELETE FROM worker", "SELECT 1; SELECT 2", "SELEC 1", "SELECT (", ""])
def test_anything_but_one_select_is_refused(sql: str) -> None:
    with pytest.raises(BadUnit, match="exactly one SELECT"):
        tables_read(sql)
