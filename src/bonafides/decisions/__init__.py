"""DECIDED by people: what they opened, noted, judged, agreed to, revealed and exported. Append-only, and precious."""
