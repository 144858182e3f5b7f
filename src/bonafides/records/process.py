"""Program start on an endpoint."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="process",
    says="program start on an endpoint",
    columns=(
        Column("occurred_at", "timestamp", "when", required=True),
        Column("device_id", "text", "device as this vendor calls it", required=True),
        Column("image", "text", "path of the program"),
        Column("command_line", "text", "command line"),
        Column("signer", "text", "who signed the program"),
        Column("ip", "text", "public address from which the endpoint reported it", kind="ip"),
    ),
    time="occurred_at",
    reaches=("device",),
)
