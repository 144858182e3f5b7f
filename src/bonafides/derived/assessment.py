"""What is thought of one subject."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="assessment",
    says="what is thought of one subject",
    columns=(
        Column("company", "text", "company"),
        Column("subject_id", "text", "who"),
        Column("subject_kind", "text", "worker or applicant"),
        Column("genuine", "number", "probability"),
        Column("elsewhere", "number", "probability"),
        Column("overextended", "number", "probability"),
        Column("hijacked", "number", "probability"),
        Column("stand_in", "number", "probability"),
        Column("explanation", "text", "leading hypothesis"),
        Column("runner_up", "text", "second hypothesis"),
        Column("tier", "text", "clear, watch, review or urgent"),
        Column("decibans", "number", "stand_in against genuine: the sum of its contributions"),
        Column("network_id", "text", "network it belongs to; NULL if none"),
        Column("corroborated", "text", "claims with evidence in favour, `;` between"),
        Column("contradicted", "text", "claims with evidence against, `;` between"),
        Column("untested", "text", "claims that nothing could test, `;` between"),
        Column("test_next", "text", "cheapest claim to test that would tell the leading hypothesis from the runner-up"),
        Column("at_stake", "text", "controlled assets touched and wages, in words"),
        Column("wages", "number", "wages so far"),
    ),
    time=None,
    reaches=(),
)
