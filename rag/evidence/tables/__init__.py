"""Tables as records: what their rows, or documents that are alike, say together."""
