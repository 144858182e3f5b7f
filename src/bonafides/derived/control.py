"""What public guidance asks of an employer, and whether one company's records show it kept."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="control",
    says="whether one company keeps what public guidance asks for",
    columns=(
        Column("company", "text", "company"),
        Column("control", "text", "unit id"),
        Column("claim", "text", "claim of workers that it protects"),
        Column("outcome", "text", "holds (for everybody concerned), fails or cannot be told"),
        Column("concerned", "integer", "people whom it concerns; NULL where it cannot be told"),
        Column("held", "integer", "of those, people for whom it was kept"),
        Column("why", "text", "why it cannot be told"),
    ),
    time=None,
    reaches=(),
)
