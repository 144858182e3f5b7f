"""Outgoing flow or look-up."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="connection",
    says="outgoing flow or look-up",
    columns=(
        Column("occurred_at", "timestamp", "when", required=True),
        Column("device_id", "text", "device as this vendor calls it", required=True),
        Column("dst_host", "text", "name looked up or connected to", kind="host"),
        Column("dst_ip", "text", "address connected to"),
        Column("dst_port", "integer", "port"),
        Column("out_bytes", "integer", "bytes sent"),
        Column("in_bytes", "integer", "bytes received"),
        Column("ip", "text", "public address from which the endpoint reported it", kind="ip"),
    ),
    time="occurred_at",
    reaches=("device",),
    amount="out_bytes",
)
