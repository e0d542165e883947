"""What was answered, and where a card stands, there and here."""
