"""One thing attached to one subject's computer that is known as a remote-control or input-emulating device."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="attached",
    says="one thing attached to one subject's computer that is known as a remote-control or input-emulating device",
    columns=(
        Column("company", "text", "company"),
        Column("subject_id", "text", "who"),
        Column("rule", "text", "kvm_name, kvm_display, kvm_class, kvm_preset or emulator"),
        Column("product", "text", "product that announces itself so"),
        Column("seen", "text", "what was announced"),
        Column("confidence", "text", "high, medium or low"),
        Column("n", "integer", "times seen"),
        Column("first_at", "timestamp", "first seen"),
        Column("last_at", "timestamp", "last seen"),
        Column("first_ref", "text", "event_ref of the first row"),
        Column("last_ref", "text", "event_ref of the last row"),
    ),
    time=None,
    reaches=(),
)
