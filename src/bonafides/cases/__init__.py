"""What people do about what was found: cases, decisions with a second person's word, replies, reveals."""
