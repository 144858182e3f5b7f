"""What vendors said, in one shape: one table a file, no behaviour."""
