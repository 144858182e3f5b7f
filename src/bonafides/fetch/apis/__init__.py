"""What vendors' APIs are asked, one source a file."""
