"""Managed device and its holder."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="device",
    says="managed device and its holder",
    columns=(
        Column("device_id", "text", "what the vendor calls the device", required=True),
        Column("serial", "text", "maker's serial number", kind="device_serial"),
        Column("directory_id", "text", "what the directory calls it, as sign-ins do (Entra's device id)"),
        Column("worker_id", "text", "holder"),
        Column("assigned_email", "text", "holder's account, where there is no worker_id"),
        Column("hostname", "text", "name of the computer"),
        Column("os", "text", "operating system"),
        Column("model", "text", "model"),
        Column("enrolled_on", "date", "first day with this holder"),
        Column("returned_on", "date", "day on which the holder gave it back; NULL while held"),
    ),
    time="enrolled_on",
    reaches=("worker", "account:assigned_email"),
)
