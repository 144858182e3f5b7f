"""Which subject each record is about, and every typed value as (subject, kind, value, day)."""
