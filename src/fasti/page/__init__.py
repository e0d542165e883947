"""A deck as one web page: nothing is fetched, nothing is stored, and no text of a deck can run."""
