"""Where one subject was seen, and where they say that they live, to the degree."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="whereabouts",
    says="where a subject was seen and where they claim to live, to a whole degree; of those alone who are not clear",
    columns=(
        Column("company", "text", "company"),
        Column("subject_id", "text", "who"),
        Column("what", "text", "claimed, account, computer or application"),
        Column("is_exit", "boolean", "seen over networks whose addresses say nothing of a place, such as VPNs"),
        Column("latitude", "integer", "degrees north, rounded"),
        Column("longitude", "integer", "degrees east, rounded"),
        Column("active_days", "integer", "days; none for what is claimed"),
        Column("first_on", "date", "first day"),
        Column("last_on", "date", "last day"),
    ),
    time=None,
    reaches=(),
)
