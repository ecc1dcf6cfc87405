"""Whether words of a document say what a claim says: exact checks, roles, the verifier, quotes, footnotes."""
