"""What stands around the conversation: the name, the welcome, the conversations, the question box."""

from collections.abc import Sequence

from markupsafe import Markup

from ui.web.answer import questions_html
from ui.web.html import safe


def welcome_html(documents: int, examples: Sequence[str] = ()) -> str:
    """What stands where the conversation will be: what to do first, or questions to begin with."""
    if not documents:
        template = Markup(
            '<section class="welcome"><h2>Begin with your documents</h2><p>Drop files anywhere on this page, or choose '
            "them:</p>{}<p>Then ask. Each sentence of an answer is footnoted to the exact words it rests on.</p>"
            '<p class="aside">A whole folder goes in faster from a terminal: <code>footnoted ingest PATH</code></p>'
            "</section>"
        )
        return safe(template.format(Markup('<p><label class="choose" for="files">Add documents</label></p>')))
    template = Markup(
        '<section class="welcome"><h2>Ask your documents</h2><p>Each sentence of an answer is footnoted to the exact '
        "words it rests on, and checked against them. Click a footnote to read them in their document.</p>{}</section>"
    )
    return safe(template.format(questions_html(examples)))


def masthead_html() -> str:
    """The name of the product above the conversation; on a narrow screen with what opens the conversations."""
    template = Markup(
        '<header class="masthead"><button type="button" class="menu" data-menu="1" aria-label="Conversations" '
        'aria-expanded="false"><span aria-hidden="true">≡</span></button>'
        '<h1>footnoted<sup aria-hidden="true">1</sup></h1><p>{}</p>'
        '<button type="button" class="shelf" data-library="1">Library</button></header>'
    )
    return safe(template.format("Every sentence rests on words you can check."))


def sidebar_html(library: str) -> str:
    """The conversations, which the browser keeps and the script lists; `library` tells whose documents they are of."""
    template = Markup(
        '<nav class="side" aria-label="Conversations" data-of="{}">'
        '<button type="button" class="new" data-new="1"><span aria-hidden="true">+</span> New conversation</button>'
        '<input type="search" class="find" placeholder="Search conversations" aria-label="Search conversations">'
        '<div class="conversations"></div>'
        '<p class="kept">Kept in this browser alone.</p></nav>'
    )
    return safe(template.format(library))


def composer_html(suffixes: Sequence[str]) -> str:
    """Where questions are typed, what they are asked of, and the button that adds documents."""
    template = Markup(
        '<div class="composer"><div class="scope" aria-live="polite"></div>'
        '<div class="box"><textarea id="question" rows="1" placeholder="Ask a question" aria-label="Question">'
        "</textarea>"
        '<button type="button" class="send" data-send="1">Ask</button>'
        '<button type="button" class="stop" data-stop="1">Stop</button></div>'
        '<div class="adding" role="status"></div><div class="below"><label class="add">'
        '<input type="file" id="files" multiple accept="{}" '
        'aria-label="Add documents"><span aria-hidden="true">Add documents</span></label>'
        '<button type="button" class="choose-scope" data-choose="1">Choose documents to ask</button></div></div>'
    )
    return safe(template.format(",".join(suffixes)))
