"""What is asked: follow-ups, sources and days, the kind of thing asked for, the claim form of a question."""
