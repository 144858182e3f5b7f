"""The ledger: one table that takes rows and never gives one up."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SQLITE = """CREATE TRIGGER entry_stays_{deed} BEFORE {deed} ON entry
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END"""
_POSTGRES = (
    """CREATE FUNCTION entry_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'entries are never changed'; END $$""",
    "CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON entry EXECUTE FUNCTION entry_stays()",
)


def upgrade() -> None:
    """Make the table and what keeps it append-only."""
    text = (sa.Column(name, sa.Text, nullable=False) for name in ("at", "actor", "role", "kind"))
    op.create_table(
        "entry",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
        *text,
        sa.Column("case_id", sa.Text),
        sa.Column("run_id", sa.Text),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
    )
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(_SQLITE.format(deed=deed))
    else:
        for statement in _POSTGRES:
            op.execute(statement)
