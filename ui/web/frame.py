"""What stands around the conversation: the name, the welcome, where files are added."""

from collections.abc import Sequence

from markupsafe import Markup

from ui.web.html import safe


def welcome_html(documents: int, examples: Sequence[str] = ()) -> str:
    """What stands where the conversation will be: what to do first, or questions to begin with."""
    if not documents:
        template = Markup(
            '<section class="welcome"><h2>Begin with your documents</h2><p>Add some with the button below, or drop '
            "them on this page. Many at once go in faster from a terminal:</p><p><code>footnoted ingest PATH</code></p>"
            "<p>Then ask. Each sentence of an answer is footnoted to the exact words it rests on.</p></section>"
        )
        return safe(template)
    button = Markup('<li><button type="button" class="example" data-question="{0}">{0}</button></li>')
    items = Markup().join(button.format(question) for question in examples)
    questions = Markup('<ul class="examples" aria-label="Questions to begin with">{}</ul>').format(items)
    template = Markup(
        '<section class="welcome"><h2>Ask your documents</h2><p>Each sentence of an answer is footnoted to the exact '
        "words it rests on, and checked against them. Click a footnote to read them in their document.</p>{}</section>"
    )
    return safe(template.format(questions if examples else ""))


def masthead_html() -> str:
    """The name of the product above the conversation."""
    template = Markup('<header class="masthead"><h1>footnoted<sup aria-hidden="true">1</sup></h1><p>{}</p></header>')
    return safe(template.format("Every sentence rests on words you can check."))


def uploader_html(suffixes: Sequence[str]) -> str:
    """The button that adds documents."""
    template = Markup(
        '<label class="add"><input type="file" id="files" multiple accept="{}" aria-label="Add documents">'
        '<span aria-hidden="true">Add documents</span></label>'
    )
    return safe(template.format(",".join(suffixes)))
