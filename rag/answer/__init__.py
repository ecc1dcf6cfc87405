"""An answer made of the documents' own words: ranked, decided, set against other documents, or declined."""
