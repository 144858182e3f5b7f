"""Sign-in attempt."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="sign_in",
    says="sign-in attempt",
    columns=(
        Column("occurred_at", "timestamp", "when", required=True),
        Column("actor_email", "text", "account", required=True),
        Column("device_id", "text", "device as this vendor calls it"),
        Column("ip", "text", "client address", kind="ip"),
        Column("asn", "integer", "autonomous system of the address, as the vendor says"),
        Column("as_org", "text", "its owner, as the vendor says"),
        Column("city", "text", "place of the address, as the vendor says"),
        Column("region", "text", "its region"),
        Column("country", "text", "its country; compared with the claimed place, never scored by itself"),
        Column("latitude", "number", "degrees north"),
        Column("longitude", "number", "degrees east"),
        Column("is_proxy", "boolean", "the vendor takes the address for a proxy or VPN"),
        Column("user_agent", "text", "client", kind="user_agent"),
        Column("session_id", "text", "session"),
        Column("application", "text", "what was signed in to"),
        Column("factor", "text", "how the person proved it"),
        Column("outcome", "text", "success, failure or challenge"),
    ),
    time="occurred_at",
    reaches=("account:actor_email",),
)
