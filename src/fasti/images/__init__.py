"""Pictures as a terminal takes them: which way of drawing it has, and what to write to it."""
