"""Which tables this version works with."""

HEAD = "0003"
"""The newest migration."""
