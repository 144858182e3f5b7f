"""Membership."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="network_member",
    says="membership",
    columns=(
        Column("network_id", "text", "network"),
        Column("company", "text", "company"),
        Column("subject_id", "text", "who"),
        Column("probability", "number", "stand_in"),
    ),
    time=None,
    reaches=(),
)
