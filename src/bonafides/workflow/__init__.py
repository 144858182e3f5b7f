"""The order of things: what the command line, the console and the Python API call."""
