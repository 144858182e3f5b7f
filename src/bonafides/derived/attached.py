"""One thing at one subject's computer that is known as remote control, input emulation or a made-up camera."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="attached",
    says="one thing at one subject's computer that is known as remote control, input emulation or a made-up camera",
    columns=(
        Column("company", "text", "company"),
        Column("subject_id", "text", "who"),
        Column(
            "rule", "text", "kvm_name, kvm_display, kvm_class, kvm_preset, emulator or virtual_camera (of interviews)"
        ),
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
