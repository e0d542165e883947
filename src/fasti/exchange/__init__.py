"""What goes to other programs and comes from them: Anki packages, Anki's text format, spreadsheets."""
