"""How the damage done to a suite was noticed, for people to read in the terminal."""

from rich.console import Group, RenderableType
from rich.text import Text

from eval.mutate import WANTED, WANTED_PER_KIND, Mutation
from eval.tables import titled_table


def mutation_text(mutation: Mutation) -> RenderableType:
    """One row for each kind of damage, the metrics that missed some of it, and last the verdict."""
    title = f"{mutation.suite}: {mutation.mutants} damaged answers, made of {mutation.references} right ones"
    table = titled_table(title)
    for heading in ("damage", "mutants", "noticed", "missed by", "cases missed by all"):
        table.add_column(heading, justify="right" if heading in ("mutants", "noticed") else "left", overflow="fold")
    for kind in mutation.kinds:
        missed = ", ".join(f"{metric} ({count})" for metric, count in kind.missed_by.items())
        table.add_row(
            kind.name, str(kind.mutants), f"{kind.score:.3f}", missed, Text(", ".join(dict.fromkeys(kind.unnoticed))),
            style="bold red" if kind.score < WANTED_PER_KIND else None,
        )  # fmt: skip
    left_out = f"Cases whose gold makes no right answer: {', '.join(mutation.left_out)}." if mutation.left_out else ""
    return Group(table, *([Text(left_out)] if left_out else []), Text(mutation_verdict(mutation)))


def mutation_verdict(mutation: Mutation) -> str:
    """One sentence: whether the metrics notice enough."""
    said = f"{mutation.score:.3f} of the damage was noticed"
    low = [kind.name for kind in mutation.kinds if kind.score < WANTED_PER_KIND]
    if not mutation.failed:
        return f"Passed: {said}."
    return (
        f"Failed: {said}; {WANTED} is asked of all, {WANTED_PER_KIND} of each kind{': ' * bool(low)}{', '.join(low)}."
    )
