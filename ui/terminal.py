"""What a person sees in the terminal. Text of documents and models is untrusted: nothing of it can move the cursor."""

import unicodedata

from rich.console import Console
from rich.text import Text

from rag.domain import Answer, AnswerKind, Citation, Claim, Judgement, Origin, Outcome, Verdict
from rag.evidence.cite import path_of
from ui.doctor import Health

STDOUT = Console(highlight=False, markup=False, emoji=False)
STDERR = Console(stderr=True, highlight=False, markup=False, emoji=False)
_VERDICT_STYLE = {
    Verdict.SUPPORTED: "green",
    Verdict.CONTRADICTED: "bold red",
    Verdict.UNSUPPORTED: "red",
    Verdict.UNCHECKED: "yellow",
}
_LONGEST_QUOTE = 400
_CLOSEST_QUOTE = 140


def printable(text: str) -> str:
    """The text on one line, without control, direction and other invisible characters."""
    return visible(" ".join(text.split()))


def visible(line: str) -> str:
    """A line as it is written, without control, direction and other invisible characters."""
    return "".join(character for character in line if unicodedata.category(character)[0] != "C")


def print_answer(answer: Answer, console: Console) -> None:
    """The answer, its footnotes with outlet, date and quote, and the notices."""
    if answer.kind is AnswerKind.TALK:
        console.print(Text(printable(answer.text)))
        for question in answer.suggestions:
            console.print(Text(f"  - {printable(question)}", style="dim"))
    elif answer.outcome is Outcome.ABSTAINED:
        console.print(Text(printable(answer.text), style="bold"))
        if answer.closest:
            console.print(Text("Closest passages, which do not answer it:", style="dim"))
        for passage in answer.closest:
            console.print(
                Text(
                    f"  {_source(passage.origin, passage.page)}: {_shortened(passage.text, _CLOSEST_QUOTE)}",
                    style="dim",
                )
            )
    else:
        is_listed = answer.kind.is_listed
        body = Text(printable(answer.lead) + ("\n" if is_listed else " ") if answer.lead else "", style="bold")
        for claim in answer.claims:
            body.append("" if not is_listed else f"  {claim.mark} " if claim.mark else "  • ", style="cyan")
            body.append_text(_claim(claim)).append("\n" if claim.day or is_listed else " ")
        console.print(body)
        console.print()
        for citation in answer.citations:
            print_citation(citation, console)
        if answer.newest_source:
            console.print(Text(f"Newest source: {answer.newest_source}", style="dim"))
    for conflict in answer.conflicts:
        console.print(Text(f"The documents disagree: {printable(conflict.statement)}", style="bold yellow"))
        for side in conflict.sides:
            console.print(Text("  - " + printable(side.claim) + "".join(f" [{marker}]" for marker in side.markers)))


def print_judgement(judgement: Judgement, console: Console) -> None:
    """The verdict on a claim, then the words that support it and those that contradict it."""
    console.print(
        Text(str(judgement.verdict), style=_VERDICT_STYLE[judgement.verdict]),
        Text(printable(judgement.claim)),
        sep=": ",
    )
    for citation in (*judgement.citations, *judgement.contradicting):
        print_citation(citation, console)


def print_citation(citation: Citation, console: Console) -> None:
    """One footnote: where it stands, what it stands under, and the exact words."""
    head = Text(f"[{citation.marker}] ", style="cyan").append(_source(citation.origin, citation.page), style="default")
    console.print(head)
    if path := printable(path_of(citation.context, title=citation.origin.title)):
        console.print(Text(f"    {path}", style="dim"))
    console.print(Text(f"    “{_shortened(citation.quote)}”", style="italic dim"))


def print_health(health: Health, console: Console) -> None:
    """What `doctor` found, problems last."""
    for title, facts in (("Settings", health.settings), ("Library", health.library), ("Versions", health.versions)):
        console.print(Text(title, style="bold"))
        for name, value in facts.items():
            console.print(Text(f"  {name}: {'-' if value is None else printable(str(value))}"), soft_wrap=True)
    console.print(Text("Models", style="bold"))
    for model in health.models:
        console.print(Text(f"  {model['name']}: sha256 {model['sha256']}, {printable(model['state'])}"), soft_wrap=True)
    for warning in health.warnings:
        console.print(Text(f"warning: {printable(warning)}", style="yellow"), soft_wrap=True)
    for problem in health.problems:
        console.print(Text(f"problem: {printable(problem)}", style="bold red"), soft_wrap=True)
    if not health.problems:
        console.print(Text("All is well.", style="green"))


def _claim(claim: Claim) -> Text:
    words = Text(printable(claim.text))
    if claim.short and words.plain == claim.text:  # with nothing taken out, places are where they were
        words.stylize("bold", claim.short.start, claim.short.end)
    text = Text(f"{claim.day}  " if claim.day else "", style="cyan").append_text(words)
    if claim.verdict is not Verdict.SUPPORTED:
        text.append(f" ({claim.verdict})", style=_VERDICT_STYLE[claim.verdict])
    for marker in claim.markers:
        text.append(f" [{marker}]", style="cyan")
    return text


def _source(origin: Origin, page: int | None) -> str:
    facts = [
        origin.title or origin.path,
        origin.outlet,
        origin.published or "date unknown",
        f"page {page}" if page else None,
    ]
    named = " — ".join(printable(fact) for fact in facts if fact)
    return f"{named} ({printable(origin.path)})" if origin.title else named


def _shortened(text: str, length: int = _LONGEST_QUOTE) -> str:
    one_line = printable(text)
    return one_line if len(one_line) <= length else one_line[: length - 1] + "…"
