"""An item that could not be used."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="set_aside",
    says="an item that could not be used",
    columns=(
        Column("company", "text", "company"),
        Column("source", "text", "source"),
        Column("item_ref", "text", "hash of the raw item, or of the file where the whole file is"),
        Column("reason", "text", "why"),
    ),
    time=None,
    reaches=(),
)
