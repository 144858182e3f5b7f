"""One remote-access tool, activity simulator or transfer tool on one subject's computers."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="tool_use",
    says="one remote-access tool, activity simulator or transfer tool on one subject's computers",
    columns=(
        Column("company", "text", "company"),
        Column("subject_id", "text", "who"),
        Column("tool", "text", "name of the tool"),
        Column("tool_class", "text", "remote-gui, mesh-or-tunnel, managed-agent, jiggler, transfer or job-automation"),
        Column("via", "text", "process or connection"),
        Column("n", "integer", "starts or look-ups"),
        Column("active_days", "integer", "days on which it was seen"),
        Column("first_at", "timestamp", "first seen"),
        Column("last_at", "timestamp", "last seen"),
        Column("is_unattended", "boolean", "set up so that nobody at the computer has to agree"),
        Column("is_standard", "boolean", "the company's own: many of its people run it, or the settings say so"),
        Column("first_ref", "text", "event_ref of the first row"),
        Column("last_ref", "text", "event_ref of the last row"),
    ),
    time=None,
    reaches=(),
)
