"""What we compute from the records: may be dropped and rebuilt at any time. One table a file."""
