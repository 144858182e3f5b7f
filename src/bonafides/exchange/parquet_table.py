"""A table as Parquet with its columns' types. The engine writes it: the format is not one to write a second time."""

from bonafides.exchange.base import Export

EXPORT = Export("parquet_table", "Parquet, with types, for engines", ".parquet", None)
