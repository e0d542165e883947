"""Which tables this version works with."""

HEAD = "0001"
"""The newest migration."""
