"""Which tables this version works with."""

HEAD = "0004"
"""The newest migration."""
