"""One self-contained page on what a run came to."""
