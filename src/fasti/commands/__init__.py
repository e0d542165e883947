"""The commands: each reads its arguments, asks a layer below, prints, and ends."""
