"""Words of a claim exchanged for others that say the same, or the opposite: from WordNet, and some of our own."""

import random
import re

from training.everyday.wordnet import WordNet, exchanged

# As regular expressions, of claims that still hold `{s}` and `{v}`, or of values.
_SAME = (
    ("takes place", "happens"),
    ("takes place", "is going to be"),
    ("is in charge of", "is responsible for"),
    ("is responsible for", "has to see to"),
    ("takes care of", "looks after"),
    ("must be paid by", "has to be settled by"),
    ("must be paid by", "needs to be paid no later than"),
    ("comes to", "totals"),
    ("amounts to", "adds up to"),
    ("leaves at", "sets off at"),
    ("departs at", "leaves at"),
    ("works for", "is employed by"),
    ("works as", "has a job as"),
    ("lives at", "resides at"),
    (r"\{s\} costs \{v\}$", "the price of {s} is {v}"),
    ("was founded", "was set up"),
    ("was bought on", "was purchased on"),
    ("was sold by", "was supplied by"),
    ("was written on", "was drawn up on"),
    ("was issued by", "was sent by"),
    ("begins", "starts"),
    ("starts", "begins"),
    ("is allowed", "is permitted"),
    ("are allowed", "are permitted"),
    ("is forbidden", "is not allowed"),
    ("are forbidden", "are prohibited"),
    ("is prohibited", "is banned"),
    ("are permitted", "are all right"),
    ("must be announced", "have to be announced"),
    ("are welcome", "may come in"),
    ("was accepted", "was agreed to"),
    ("was rejected", "was turned down"),
    ("was postponed", "was put off"),
    ("is included", "comes with it at no extra cost"),
    ("is to be stopped", "must end"),
    ("is to go on", "will continue"),
    ("is supported until", "is maintained until"),
    (r"\{s\} gets \{v\}", "{s} receives {v}"),
    ("adds", "brings"),
    ("removes", "drops"),
    ("fixes", "repairs"),
    ("is tagged as", "is labelled"),
    ("stands in", "is located in"),
    ("is kept", "is stored"),
    ("needs", "requires"),
    ("provides", "offers"),
    ("supplies", "delivers"),
)
_OPPOSITE = (
    ("is allowed", "is forbidden"),
    ("are allowed", "are forbidden"),
    ("is forbidden", "is allowed"),
    ("are forbidden", "are allowed"),
    ("is prohibited", "is permitted"),
    ("are prohibited", "are permitted"),
    ("is permitted", "is prohibited"),
    ("are permitted", "are prohibited"),
    ("are welcome", "are unwelcome"),
    ("are not admitted", "are admitted"),
    ("may stay", "must not stay"),
    ("may be kept", "must be kept"),
    ("was accepted", "was rejected"),
    ("was rejected", "was accepted"),
    ("was postponed", "was dealt with at once"),
    ("is to be stopped", "is to be continued"),
    ("is to go on", "is to be stopped"),
    ("is included", "costs extra"),
    ("costs extra", "is included"),
    ("is not offered", "is offered"),
    ("in favour of", "against"),
    ("at most", "at least"),
    ("free of charge", "for a fee"),
    ("adds", "removes"),
    ("removes", "adds"),
    ("was passed", "was failed"),
    ("^cancelled$", "confirmed"),
    ("^complete$", "incomplete"),
    ("^open$", "closed"),
    ("^paid$", "unpaid"),
)


def said_otherwise(text: str, wordnet: WordNet, rng: random.Random, *, opposite: bool) -> str | None:
    """The text with one word or turn exchanged; None where it has none that can be."""
    own = [
        (found, after)
        for before, after in (_OPPOSITE if opposite else _SAME)
        if (found := re.search(rf"(?<![\w{{]){before}(?![\w}}])", text))
    ]
    by_wordnet = exchanged(text, wordnet, rng, opposite=opposite)
    if own and (by_wordnet is None or rng.random() < 0.7):
        found, after = rng.choice(own)
        return text[: found.start()] + after + text[found.end() :]
    return by_wordnet
