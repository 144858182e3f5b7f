"""When one subject worked in one week."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="working_week",
    says="a subject's working hours of one week, as a direction on the clock",
    columns=(
        Column("company", "text", "company"),
        Column("subject_id", "text", "who"),
        Column("week", "date", "its Monday"),
        Column("days", "integer", "days with something in them"),
        Column("first_on", "date", "first of them"),
        Column("last_on", "date", "last of them"),
        Column("middle", "number", "middle of the hours, -12 to 12, UTC"),
        Column("off_home", "number", "hours off the middle of the day at the claimed home; NULL if that is not known"),
    ),
    time=None,
    reaches=(),
)
