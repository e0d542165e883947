"""What a history teacher would mark in a deck that can be read: one lint a module, all of them in `registry`."""
