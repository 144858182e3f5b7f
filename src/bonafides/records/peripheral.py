"""Thing attached to an endpoint."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="peripheral",
    says="thing attached to an endpoint",
    columns=(
        Column("occurred_at", "timestamp", "when", required=True),
        Column("device_id", "text", "device as this vendor calls it", required=True),
        Column("bus", "text", "usb, display, bluetooth or net"),
        Column("vendor_id", "text", "USB vendor id (4 hex digits) or display maker's code"),
        Column("product_id", "text", "USB product id (4 hex digits) or display product code"),
        Column("vendor", "text", "maker's name as announced"),
        Column("product", "text", "product's name as announced"),
        Column("serial", "text", "serial number as announced", kind="peripheral_serial"),
        Column(
            "interface_classes",
            "text",
            "USB interface classes of the one physical thing, two hex digits each, `;` between",
        ),
        Column("ip", "text", "public address from which the endpoint reported it", kind="ip"),
    ),
    time="occurred_at",
    reaches=("device",),
)
