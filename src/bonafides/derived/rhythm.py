"""When one subject worked: days by weekday and hour."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="rhythm",
    says="on how many days a subject's accounts were used in an hour of a weekday; of those alone who are not clear",
    columns=(
        Column("company", "text", "company"),
        Column("subject_id", "text", "who"),
        Column("weekday", "integer", "1 is Monday, 7 Sunday, by UTC"),
        Column("hour", "integer", "hour of the day, 0 to 23, UTC"),
        Column("active_days", "integer", "days on which there was something in this hour"),
    ),
    time=None,
    reaches=(),
)
