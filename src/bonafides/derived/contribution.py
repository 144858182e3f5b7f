"""One summand of one subject's score."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="contribution",
    says="one summand of one subject's score",
    columns=(
        Column("company", "text", "company"),
        Column("subject_id", "text", "who"),
        Column("step", "text", "prior, finding, tie or cap"),
        Column("what", "text", "hypotheses for the prior, indicator for a finding, kind for a tie"),
        Column("value", "text", "the value, if one"),
        Column("elsewhere", "number", "decibans against genuine"),
        Column("overextended", "number", "decibans against genuine"),
        Column("hijacked", "number", "decibans against genuine"),
        Column("stand_in", "number", "decibans against genuine"),
        Column("cause", "text", "group of the finding or family of the tie"),
        Column(
            "is_counted", "boolean", "false: stronger ones of its group stand for it throughout; its decibans are 0"
        ),
    ),
    time=None,
    reaches=(),
)
