"""Engines and files. The only room that knows DuckDB and the SQL parser."""
