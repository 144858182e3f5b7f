"""Check of the person by a person."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="verification",
    says="check of the person by a person",
    columns=(
        Column("worker_id", "text", "engagement", required=True),
        Column("occurred_at", "timestamp", "when", required=True),
        Column("kind", "text", "in_person, notary, live_video, document, call_back or badge", required=True),
        Column("outcome", "text", "pass or fail", required=True),
    ),
    time="occurred_at",
    reaches=("worker",),
)
