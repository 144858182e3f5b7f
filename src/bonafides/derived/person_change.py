"""A person known without a government id who merged with another since the run before, or fell apart."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="person_change",
    says="one person, known without a government id, who merged or split since the run before",
    columns=(
        Column("person", "text", "id that links a person's documents"),
        Column("change", "text", "merged (took in others) or split (fell into others)"),
        Column("others", "text", "ids of the run before that it took in, or that it fell into now, `;` between"),
    ),
    time=None,
    reaches=(),
)
