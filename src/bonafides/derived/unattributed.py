"""Records that reach no subject."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="unattributed",
    says="records that reach no subject",
    columns=(
        Column("company", "text", "company"),
        Column("record_table", "text", "record table"),
        Column("reason", "text", "why"),
        Column("n", "integer", "rows"),
    ),
    time=None,
    reaches=(),
)
