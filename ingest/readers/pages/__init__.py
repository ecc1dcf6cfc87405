"""Pages as they are printed: from pieces of text with their places to lines, columns, tables and blocks."""
