"""The passages for a question: found, reranked, and freed of words that give orders to a model."""
