"""What is answered to talk: one friendly line, made of what the library holds; and questions to begin with."""

import re
from collections import deque
from collections.abc import Sequence

from rag.domain import BlockKind, Origin, Passage, Span
from rag.question.talk import Said, Talk
from rag.text.words import STOPWORDS, content_words, name_in_words

_NAMED = 3
_LONGEST_TITLE = 60
_LONGEST_LABEL = 40
# `Q:` before a question, `3.2` and `§ 4` before a heading.
_NUMBERING = re.compile(r"^(?:[QF]\W{0,2}[:.)]|§?\s*\d+(?:\.\d+)*[.)]?(?=\s))\s*")
# Every mail has them, and they ask for nothing that a person wants to know.
_OF_MAILS = frozenset("from to cc bcc subject date sent an von betreff datum".split())
_LABEL = ("What is the {label} in “{title}”?", "Was steht bei „{label}“ in „{title}“?")
_HEADING = ("What does “{title}” say about {heading}?", "Was sagt „{title}“ über {heading}?")
_ABOUT = ("What is the document “{title}” about?", "Worum geht es in „{title}“?")
_EMPTY = (
    "The library is empty: add documents with `footnoted ingest PATH`, then ask about them.",
    "Die Bibliothek ist noch leer: Mit `footnoted ingest PFAD` kommen Dokumente hinein, dann frag danach.",
)
_OPENINGS = {
    Talk.GREETING: ("Hello!", "Hallo!"),
    Talk.HOW_ARE_YOU: ("All is well, thank you.", "Alles bestens, danke."),
    Talk.IDENTITY: (
        "I am footnoted, an assistant that answers from your documents.",
        "Ich bin footnoted, ein Assistent, der aus deinen Dokumenten antwortet.",
    ),
}
_WHOLE = {
    Talk.THANKS: ("You are welcome. Ask on whenever you like.", "Gern geschehen. Frag jederzeit weiter."),
    Talk.GOOD: ("Glad to help. Ask on whenever you like.", "Das freut mich. Frag jederzeit weiter."),
    Talk.GOODBYE: ("Goodbye, and welcome back any time.", "Auf Wiedersehen, und gern wieder."),
}
_ABILITIES = (
    "Ask a question, and I answer it from your {count}, every sentence with a footnote to the exact words; where they "
    "do not say, I say so.",
    "Stell eine Frage: Ich beantworte sie aus {count}, jeder Satz mit einer Fußnote auf die genauen Worte; was nicht "
    "darin steht, sage ich auch.",
)
_INVITATION = (
    "Ask me anything about your {count}; every sentence of an answer has a footnote.",
    "Frag mich etwas zu {count}; jeder Satz der Antwort hat eine Fußnote.",
)


def suggests(said: Said) -> bool:
    """Whether questions to begin with help after it: not after thanks and goodbyes."""
    return said.talk not in _WHOLE


def reply(said: Said, documents: int, origins: Sequence[Origin]) -> str:
    """One line that answers talk; `documents` is how many the library holds, `origins` are some of them."""
    place = int(said.in_german)
    if said.talk in _WHOLE:
        return _WHOLE[said.talk][place]
    opening = _OPENINGS.get(said.talk, ("", ""))[place]
    if not documents:
        line = _EMPTY[place]
    elif said.talk is Talk.CONTENTS:
        line = _contents(documents, origins, place)
    else:
        form = (_ABILITIES if said.talk is Talk.ABILITIES else _INVITATION)[place]
        line = form.format(count=_count(documents, place))
    return f"{opening} {line}".strip()


def _count(documents: int, place: int) -> str:
    if place:
        return "einem Dokument" if documents == 1 else f"{documents} Dokumenten"
    return "1 document" if documents == 1 else f"{documents:,} documents"


def _contents(documents: int, origins: Sequence[Origin], place: int) -> str:
    titles = list(dict.fromkeys(f"“{title_of(origin)}”" for origin in origins))[:_NAMED]
    named = ", ".join(titles)
    rest = documents > len(titles)
    if place:
        told = f"darunter {named}" if rest else named
        return f"Ich kenne den Inhalt von {_count(documents, place)}: {told}."
    return f"I know what your {_count(documents, place)} say{'s' if documents == 1 else ''}: {named}" + (
        f", and {documents - len(titles):,} more." if rest else "."
    )


def title_of(origin: Origin) -> str:
    """What a document is called: its title, shortened where it is long, else the words of its file's name."""
    title = " ".join((origin.title or name_in_words(origin.path) or origin.path).split())
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"


def examples(openings: Sequence[Sequence[Passage]], *, limit: int = 3) -> tuple[str, ...]:
    """Questions that documents' own titles, headings and labels suggest, at most `limit`, of different ones first.

    `openings` are the first passages of each document.
    """
    offered = [deque(_questions(passages)) for passages in openings if passages]
    chosen: dict[str, str] = {}
    while len(chosen) < limit and any(offered):
        for questions in filter(None, offered):
            # What is alike in several documents, such as the date of each bill, is asked of one.
            matter, question = next((one for one in questions if one[0] not in chosen), questions[-1])
            questions.clear() if matter in chosen else questions.remove((matter, question))
            chosen.setdefault(matter, question)
    return tuple(chosen.values())[:limit]


def _questions(passages: Sequence[Passage]) -> list[tuple[str, str]]:
    """What can be asked of one document, each after its matter: its own questions, then its labels and headings."""
    origin = passages[0].origin
    title, german = title_of(origin), (origin.language or "").startswith("de")
    asked: list[tuple[str, str]] = []
    labels: list[tuple[str, str]] = []
    headings: list[tuple[str, str]] = []
    for passage in passages:
        for block in passage.blocks:
            said = _NUMBERING.sub("", _words(passage, block.span))
            part = block.parts[0] if block.parts else None
            if block.kind is BlockKind.QUESTION and said.endswith("?") and len(said) <= 2 * _LONGEST_LABEL:
                asked.append((said, said))
            elif block.kind is BlockKind.FIELD and part and part.name and _words(passage, part.value):
                label = _words(passage, part.name).strip(" :")
                if _is_plain(label) and label.lower() not in _OF_MAILS and label.split()[-1] not in STOPWORDS:
                    labels.append((label, (_LABEL[german]).format(label=_in_a_sentence(label), title=title)))
            elif block.kind is BlockKind.HEADING and _is_plain(said) and said not in title:
                headings.append((said, _HEADING[german].format(heading=said, title=title)))
    return [*asked[:3], *labels[:3], *headings[:3], (title, _ABOUT[german].format(title=title))]


def _in_a_sentence(label: str) -> str:
    """A label as it stands within a sentence: `Due date` gives `due date`, `VAT number` and `Due Date` stay."""
    return label[0].lower() + label[1:] if label[1:].islower() else label


def _words(passage: Passage, span: Span) -> str:
    """The words at a span of the document, on one line; empty where it lies outside of the passage."""
    if not span.within(passage.span):
        return ""
    return " ".join(span.shifted(-passage.span.start).of(passage.search_text).split())


def _is_plain(label: str) -> bool:
    """Whether words can stand in a question: a few of them, and no sentence."""
    return (
        0 < len(content_words(label)) <= 5 and len(label) <= _LONGEST_LABEL and not label.endswith((".", "?", "!", ":"))
    )
