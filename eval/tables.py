"""Figures as every report shows them."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rich import box
from rich.table import Table

from eval.mean import Mean


def figure(value: float | None) -> str:
    """Three decimals, or `-` where there is no value."""
    return "-" if value is None else f"{value:.3f}"


def means_json(means: Mapping[str, Mean]) -> dict[str, Any]:
    """Means by metric, as JSON."""
    return {name: asdict(mean) for name, mean in means.items()}


def titled_table(title: str) -> Table:
    """A table without columns yet; its lines leave room for figures in a terminal of 80 columns."""
    table = Table(title=f"\n{title}", title_justify="left", box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.padding = (0, 1, 0, 0)
    return table


def means_table(title: str, columns: Mapping[str, Mapping[str, Mean]]) -> Table:
    """One row a metric, one column for each of these means by metric."""
    table = titled_table(title)
    table.add_column("metric", no_wrap=True)
    for heading in columns:
        table.add_column(heading, justify="right", overflow="fold")
    for name in next(iter(columns.values()), {}):
        table.add_row(name, *(figure(means[name].value) for means in columns.values()))
    return table
