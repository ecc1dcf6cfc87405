"""The ways a person uses it."""
