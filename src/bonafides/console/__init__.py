"""Pages in a browser over a workspace: the same use cases as the command line's, no SQL and no scoring."""
