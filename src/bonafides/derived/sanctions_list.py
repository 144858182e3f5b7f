"""One list of sanctions that the settings name."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="sanctions_list",
    says="one list of sanctions that payees were screened against",
    columns=(
        Column("list", "text", "name of the file"),
        Column("dated_on", "date", "day of the list, as the settings say"),
        Column("entries", "integer", "names and wallets that it holds"),
        Column("is_stale", "boolean", "more than thirty days older than the newest record"),
    ),
    time=None,
    reaches=(),
)
