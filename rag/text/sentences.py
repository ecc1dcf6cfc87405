"""Sentences. (Until the splitter is merged.)"""

from rag.text.words import sentences as sentences
