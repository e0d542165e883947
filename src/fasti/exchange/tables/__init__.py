"""Tables: Anki's text format and spreadsheets."""
