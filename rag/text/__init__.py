"""Words, sentences and days of a text."""
