"""Who holds a hub's value."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="hub_member",
    says="who holds a hub's value",
    columns=(
        Column("hub", "integer", "the hub"),
        Column("company", "text", "company"),
        Column("subject_id", "text", "who"),
        Column("party", "text", "household, agency or person that the holder counts with in this hub"),
    ),
    time=None,
    reaches=(),
)
