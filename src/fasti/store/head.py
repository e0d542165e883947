"""Which tables this version works with."""

HEAD = "0008"
"""The newest migration."""
