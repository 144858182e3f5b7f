"""Subjects held together by unexplained ties whose joint probability passes the threshold."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="network",
    says="subjects held together by unexplained ties whose joint probability passes the threshold",
    columns=(
        Column("network_id", "text", "stable from run to run while most members stay"),
        Column("members", "integer", "subjects"),
        Column("companies", "integer", "companies"),
        Column("probability", "number", "mean probability of the members"),
        Column(
            "chance",
            "number",
            "probability that chance, dealing out who holds which value, would hold some group together as well",
        ),
        Column("hubs", "text", "JSON list: kind, value, members that share it"),
        Column("wages", "number", "wages paid to the members"),
        Column("assets", "text", "JSON list: controlled assets that members touched"),
        Column("first_at", "timestamp", "first time"),
        Column("last_at", "timestamp", "last time"),
        Column(
            "came_from",
            "text",
            "networks of the run before whose members it holds, `;` between: two are a merge",
        ),
    ),
    time=None,
    reaches=(),
)
