"""How one indicator ended for one company."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="evaluation",
    says="how one indicator ended for one company",
    columns=(
        Column("company", "text", "company"),
        Column("indicator", "text", "unit id"),
        Column("claim", "text", "claim that it tests"),
        Column("outcome", "text", "ran, skipped or failed"),
        Column("why", "text", "reason if it did not run"),
        Column("findings", "integer", "findings made"),
    ),
    time=None,
    reaches=(),
)
