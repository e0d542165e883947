"""Notes of our own note types: a fact as notes, and notes as a fact."""
