"""Thing worth guarding."""

from bonafides.records.base import Column, Table

TABLE = Table(
    name="asset",
    says="thing worth guarding",
    columns=(
        Column("asset", "text", "name as it appears as a target in `activity` or as a repository", required=True),
        Column("kind", "text", "repository, bucket, vault …"),
        Column("control", "text", "ITAR, EAR, wallet-keys, secret …"),
        Column("owner", "text", "who answers for it"),
    ),
    time=None,
    reaches=(),
)
