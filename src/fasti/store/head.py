"""Which tables this version works with."""

HEAD = "0005"
"""The newest migration."""
