"""The chat page, as it is served to a browser."""
