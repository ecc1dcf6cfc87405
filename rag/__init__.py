"""Answers a question from the library, with citations."""
