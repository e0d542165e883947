"""Which tables this version works with."""

HEAD = "0006"
"""The newest migration."""
