"""What fasti computes: facts, dates, cards, the scheduler. No I/O, no clock, no chance."""
