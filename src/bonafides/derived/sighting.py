"""One value seen with one subject on one day in one table: the narrow waist."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="sighting",
    says="one value seen with one subject on one day in one table: the narrow waist",
    columns=(
        Column("company", "text", "company"),
        Column("subject_id", "text", "who"),
        Column("day", "date", "UTC day"),
        Column("kind", "text", "kind of the value"),
        Column("value", "text", "cleaned value"),
        Column("via", "text", "record table; a colon and the prefix follow for a second address"),
        Column("n", "integer", "rows"),
        Column("first_at", "timestamp", "first row of the day"),
        Column("last_at", "timestamp", "last row of the day"),
        Column("hours", "integer", "24-bit mask of UTC hours, bit 0 is midnight to one"),
        Column("amount", "number", "bytes or money, if the table has one"),
        Column("first_ref", "text", "event_ref of the first row"),
        Column("last_ref", "text", "event_ref of the last row"),
    ),
    time=None,
    reaches=(),
)
