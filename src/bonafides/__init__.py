"""Tests what remote workers claim against the records companies already have."""

__version__ = "0.1.0"
