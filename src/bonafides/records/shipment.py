"""Parcel with equipment."""

from bonafides.records.base import Address, Column, Table, address

TABLE = Table(
    name="shipment",
    says="parcel with equipment",
    columns=(
        Column("shipment_id", "text", "id of the parcel", required=True),
        Column("worker_id", "text", "engagement that it is for"),
        Column("serial", "text", "maker's serial number of the computer in it", kind="device_serial"),
        Column("carrier", "text", "who carries it"),
        Column("recipient", "text", "name on the parcel"),
        *address("", "address it was sent to"),
        Column("shipped_on", "date", "day of dispatch"),
        Column("delivered_on", "date", "day of delivery"),
        *address("redirect_", "address it was redirected to on the way"),
    ),
    time="shipped_on",
    reaches=("worker", "parcel"),
    addresses=(
        Address(),
        Address("redirect_"),
    ),
)
