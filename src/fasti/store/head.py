"""Which tables this version works with."""

HEAD = "0002"
"""The newest migration."""
