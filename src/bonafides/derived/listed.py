"""One payee that a list of sanctions names, or whose name is like one there."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="listed",
    says="one payee that a list of sanctions names, or whose name is like one there",
    columns=(
        Column("company", "text", "company"),
        Column("subject_id", "text", "who"),
        Column("what", "text", "wallet (the same address) or name (a likeness, which proves nothing)"),
        Column("value", "text", "the wallet; NULL for a name"),
        Column("list", "text", "name of the list's file"),
        Column("entry", "text", "the list's own id of the entry"),
        Column("likeness", "number", "0..100; 100 for the same"),
        Column("first_at", "timestamp", "first day of the account"),
        Column("last_at", "timestamp", "last change"),
        Column("ref", "text", "event_ref of the payee's row"),
    ),
    time=None,
    reaches=(),
)
