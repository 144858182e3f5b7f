"""What is known of distinct values: owner and place of an address, tool of a program, make of a thing attached."""
