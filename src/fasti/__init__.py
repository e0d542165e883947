"""Spaced repetition for history, in the terminal."""

__version__ = "0.1.0"
