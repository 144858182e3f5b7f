"""What is known about one distinct value."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="value_fact",
    says="what is known about one distinct value",
    columns=(
        Column("kind", "text", "kind"),
        Column("value", "text", "cleaned value"),
        Column("asn", "integer", "autonomous system of an address"),
        Column("as_org", "text", "its owner"),
        Column(
            "network", "text", "residential, mobile, business, education, hosting, proxy or relay; NULL if not known"
        ),
        Column("city", "text", "place of an address"),
        Column("region", "text", "its region"),
        Column("country", "text", "its country"),
        Column("latitude", "number", "degrees north"),
        Column("longitude", "number", "degrees east"),
        Column("holders", "integer", "subjects seen with it"),
        Column("companies", "integer", "companies whose subjects were seen with it"),
        Column(
            "infrastructure_of",
            "text",
            "company whose own exit, office or tool it is, as the data or the settings say; NULL otherwise",
        ),
        Column("lists", "text", "reference lists that name it, `;` between"),
    ),
    time=None,
    reaches=(),
)
