"""Which tables this version works with."""

HEAD = "0007"
"""The newest migration."""
