"""The library: the indexed documents of one folder on disk."""
