"""The command line: one verb a file, found by scanning this folder."""
