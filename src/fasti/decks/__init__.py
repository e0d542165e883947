"""Deck files: YAML text in, facts and problems out."""
