"""One person's stay in a call."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="meeting",
    says="one person's stay in a call",
    columns=(
        Column("occurred_at", "timestamp", "when the stay began", required=True),
        Column("actor_email", "text", "account", required=True),
        Column("meeting_id", "text", "call"),
        Column("ip", "text", "address", kind="ip"),
        Column("client", "text", "program or device used"),
        Column("duration_seconds", "number", "length of the stay"),
        Column("camera_on_seconds", "number", "how long the camera was on"),
        Column("camera_device", "text", "name of the camera"),
    ),
    time="occurred_at",
    reaches=("account:actor_email",),
)
