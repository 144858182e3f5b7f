"""Action on a service."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="activity",
    says="action on a service",
    columns=(
        Column("occurred_at", "timestamp", "when", required=True),
        Column("actor_email", "text", "account", required=True),
        Column("ip", "text", "client address", kind="ip"),
        Column("user_agent", "text", "client", kind="user_agent"),
        Column("service", "text", "which service"),
        Column("action", "text", "what was done, in the vendor's word"),
        Column("target", "text", "on what"),
        Column("count", "integer", "how many times or things"),
        Column("moved_bytes", "integer", "bytes moved"),
    ),
    time="occurred_at",
    reaches=("account:actor_email",),
    amount="moved_bytes",
)
