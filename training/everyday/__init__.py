"""Made collections of everyday papers, with questions and claims about them whose right statements are known."""
