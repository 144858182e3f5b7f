"""One indicator fired for one subject."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="finding",
    says="one indicator fired for one subject",
    columns=(
        Column("company", "text", "company"),
        Column("subject_id", "text", "who"),
        Column("indicator", "text", "unit id"),
        Column("claim", "text", "claim that it tests"),
        Column("cause", "text", "group: findings of one group share a cause"),
        Column("first_at", "timestamp", "first time"),
        Column("last_at", "timestamp", "last time"),
        Column("strength", "number", "0..1, scales the weights"),
        Column("value", "text", "what was seen, if one value"),
        Column("because", "text", "JSON object: what fills the sentence, and `refs`, the event_refs behind it"),
    ),
    time=None,
    reaches=(),
)
