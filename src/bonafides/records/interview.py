"""Interview held."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="interview",
    says="interview held",
    columns=(
        Column("application_id", "text", "application that it belongs to", required=True),
        Column("occurred_at", "timestamp", "when it began", required=True),
        Column("ip", "text", "candidate's address", kind="ip"),
        Column("channel", "text", "video, phone or in_person"),
        Column("duration_seconds", "number", "length"),
        Column("camera_on_seconds", "number", "how long the candidate's camera was on"),
        Column("camera_device", "text", "name of the camera that the client reported"),
        Column("outcome", "text", "what the interviewer noted"),
    ),
    time="occurred_at",
    reaches=("application",),
)
