"""Version-control commit."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="commit",
    says="version-control commit",
    columns=(
        Column("occurred_at", "timestamp", "committer's time", required=True),
        Column("repository", "text", "repository"),
        Column("author_name", "text", "name as written in the commit"),
        Column("author_email", "text", "address as written in the commit", required=True),
        Column("utc_offset_minutes", "integer", "offset written in the commit; shown, never scored"),
        Column("signing_key", "text", "fingerprint of the signing key", kind="signing_key"),
    ),
    time="occurred_at",
    reaches=("account:author_email",),
)
