"""Two subjects over one value."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="tie",
    says="two subjects over one value",
    columns=(
        Column("a_company", "text", "first subject's company (the pair is ordered)"),
        Column("a", "text", "first subject"),
        Column("b_company", "text", "second subject's company"),
        Column("b", "text", "second subject"),
        Column("kind", "text", "kind of the value"),
        Column("family", "text", "the cause that kinds share: place, network, money, contact, device, text or code"),
        Column("value", "text", "the value"),
        Column("holders", "integer", "subjects who hold the value"),
        Column(
            "overlap_days",
            "integer",
            "days on which both held it; for values without days (accounts, addresses) days of both engagements",
        ),
        Column("distance_km", "number", "between the two claimed homes; NULL if either is unknown"),
        Column("weight", "number", "decibans that holding such a value with a stranger of unknown standing is worth"),
        Column("share", "number", "share of values like it that are a network's, as estimated (0..1)"),
        Column(
            "explained_by",
            "text",
            "person, agency, company, household, succession or crowd; NULL if nothing innocent explains it",
        ),
        Column("first_at", "timestamp", "first time either held it"),
        Column("last_at", "timestamp", "last time either held it"),
        Column("a_ref", "text", "event_ref that shows it for a"),
        Column("b_ref", "text", "event_ref that shows it for b"),
    ),
    time=None,
    reaches=(),
)
