"""One raw text of a kind, with the value that it is."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="cleaned",
    says="one raw text of a kind, with the value that it is; texts that are no value are left out",
    columns=(
        Column("kind", "text", "kind of the value"),
        Column("raw", "text", "text as a record has it"),
        Column("value", "text", "cleaned value, as in sighting"),
    ),
    time=None,
    reaches=(),
)
