"""Which subjects share what, what explains it innocently, and how much the rest is worth."""
