"""Which documents are searched, as a condition of SQL."""

from rag.domain import Within

# A date to the month or year stands for all its days: `2025-06` is from 2025-06-01 to 2025-06-30.
_FIRST = "d.published || substr('-01-01', length(d.published) - 3)"
_LAST = """CASE length(d.published) WHEN 4 THEN d.published || '-12-31'
    WHEN 7 THEN date(d.published || '-01', '+1 month', '-1 day') ELSE d.published END"""
_YEAR = len("2025")


def condition(within: Within) -> tuple[str, list[str]]:
    """A condition on the documents `d`, and its values.

    Of what is said of a date, the first half follows from the second: it is there because an index can answer it.
    """
    terms: list[str] = []
    values: list[str] = []
    if within.by:
        marks = ",".join("?" * len(within.by))
        terms.append(f"(d.outlet IN ({marks}) OR d.author IN ({marks}))")
        values += sorted(within.by) * 2
    if within.published is not None:
        if within.published.last:
            terms.append(f"d.published <= ? AND {_FIRST} <= ?")
            values += [within.published.last] * 2
        if within.published.first:
            terms.append(f"d.published >= ? AND {_LAST} >= ?")
            values += [within.published.first[:_YEAR], within.published.first]
    if within.as_of:
        terms.append(f"d.published <= ? AND {_LAST} <= ?")
        values += [within.as_of] * 2
    return " AND ".join(terms) or "1", values
