"""Other people's notes and note types as facts."""
