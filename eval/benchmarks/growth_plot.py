"""The plot of `growth`: what a question costs as a library grows, as an SVG file that needs no style sheet."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

_WIDTH, _HEIGHT, _LEFT, _TOP = 300, 200, 52, 30
_COLOURS = ("#1f5f8b", "#b8562b")
_PANELS = (
    ("Question to passages, ms", ("p95, ms", "median, ms")),
    ("Memory of the process, MB", ("peak memory, MB",)),
    ("Recall@10 of the graph", ("recall@10",)),
)
_STYLE = (
    "text{font:11px sans-serif;fill:#333}.middle{text-anchor:middle}.end{text-anchor:end}path{fill:none;stroke:#999}"
)


def growth_plot(measured: Sequence[Mapping[str, Any]]) -> str:
    """One panel for each thing measured, over the number of passages on a logarithmic scale; smallest library first."""
    panels = Markup().join(
        Markup('<g transform="translate({} 0)">{}</g>').format(place * (_WIDTH + 20), _panel(title, names, measured))
        for place, (title, names) in enumerate(_PANELS)
    )
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" '
        'aria-label="What a question costs as a library grows"><style>{}</style>'
        '<rect width="100%" height="100%" fill="#fff"/>{}</svg>\n'
    ).format(len(_PANELS) * (_WIDTH + 20), _HEIGHT + 50, Markup(_STYLE), panels)


def _panel(title: str, names: Sequence[str], measured: Sequence[Mapping[str, Any]]) -> Markup:
    sizes = [int(one["passages"]) for one in measured]
    most = max(float(one[name]) for one in measured for name in names)
    reach = math.log10(max(sizes) / min(sizes)) or 1.0

    def across(size: int) -> float:
        return _LEFT + math.log10(size / min(sizes)) / reach * (_WIDTH - _LEFT - 24)

    def up(value: float) -> float:
        return _TOP + (1 - value / most) * (_HEIGHT - _TOP)

    axes = Markup('<path d="M{0} {1}V{2}H{3}"/><text x="{0}" y="16">{4}</text>').format(
        _LEFT, _TOP, _HEIGHT, _WIDTH, title
    )
    ticks = Markup().join(
        Markup('<text x="{:.1f}" y="{}" class="middle">{:,}</text>').format(across(size), _HEIGHT + 16, size)
        for size in sizes
    )
    scale = Markup('<text x="{0}" y="{1}" class="end">{2:g}</text><text x="{0}" y="{3}" class="end">0</text>').format(
        _LEFT - 6, _TOP + 4, most, _HEIGHT + 4
    )
    lines = Markup().join(
        Markup('<g><polyline fill="none" stroke="{0}" stroke-width="2" points="{1}"/>{2}{3}</g>').format(
            colour,
            " ".join(f"{across(one['passages']):.1f},{up(one[name]):.1f}" for one in measured),
            Markup().join(
                Markup('<circle cx="{:.1f}" cy="{:.1f}" r="3" fill="{}"><title>{:g}</title></circle>').format(
                    across(one["passages"]), up(one[name]), colour, one[name]
                )
                for one in measured
            ),
            Markup('<text x="{:.1f}" y="{:.1f}" class="end">{}</text>').format(
                across(sizes[-1]) - 8, up(measured[-1][name]) - 4, name if len(names) > 1 else ""
            ),
        )
        for name, colour in zip(names, _COLOURS, strict=False)
    )
    return axes + ticks + scale + lines
