"""Change of a login factor or recovery contact."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="credential",
    says="change of a login factor or recovery contact",
    columns=(
        Column("occurred_at", "timestamp", "when", required=True),
        Column("actor_email", "text", "account whose factor changed", required=True),
        Column("action", "text", "added, removed or reset"),
        Column("factor", "text", "kind of factor"),
        Column("phone", "text", "number enrolled", kind="phone"),
        Column("email", "text", "recovery address", kind="email"),
        Column("device_id", "text", "authenticator device, as the vendor calls it"),
        Column("ip", "text", "address from which it was changed", kind="ip"),
    ),
    time="occurred_at",
    reaches=("account:actor_email",),
)
