"""The database: decks, cards and the review log."""
