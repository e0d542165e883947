"""A teacher's plain notes as a deck: what is recognised surely becomes facts, the rest stays as comments."""
