"""An id by which one of a company's systems knows a subject."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="known_as",
    says="an id by which a system of the company knows a subject, where it is not the subject's own",
    columns=(
        Column("company", "text", "whose system it is"),
        Column("subject_id", "text", "the worker's subject_id"),
        Column(
            "known_as",
            "text",
            "id of the payroll, say, the employee number, or the application that led to the engagement",
        ),
    ),
    time=None,
    reaches=(),
)
