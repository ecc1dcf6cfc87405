"""Plots as SVG that stands in the page: no script, nothing fetched, colours by the page's style sheet."""

from collections.abc import Sequence

from markupsafe import Markup

from eval.compare import Difference
from eval.confidence import Calibration, RiskCoverage
from eval.latency import Latency
from eval.tables import figure

_WIDTH, _HEIGHT = 320, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 12, 40
_ROW = 22
_WIDE, _LABELS, _VALUES = 480, 144, 54
_BARS = 20


def changes_plot(differences: Sequence[Difference]) -> Markup:
    """The change of each of these metrics with its 95 % interval, around a line where nothing changed."""
    shown = [one for one in differences if one.low is not None and one.high is not None]
    reach = max((abs(end) for one in shown for end in (one.low or 0.0, one.high or 0.0)), default=0.0) or 0.05
    width, height = _WIDE, len(shown) * _ROW + 30

    def across(value: float) -> float:
        return _LABELS + (value + reach) / (2 * reach) * (width - _LABELS - _VALUES - 12)

    rows = Markup().join(
        Markup(
            '<g class="{}"><text x="{}" y="{}" class="end">{}</text><path d="M{:.1f} {}H{:.1f}"/>'
            '<circle cx="{:.1f}" cy="{}" r="4"/><text x="{}" y="{}">{:+.3f}</text></g>'
        ).format(
            "worse" if one.regressed else "open" if one.more_cases is not None else "",
            _LABELS - 10, y + 4, one.metric, across(one.low or 0.0), y, across(one.high or 0.0),
            across(one.change), y, width - _VALUES + 6, y + 4, one.change,
        )
        for y, one in ((18 + number * _ROW, one) for number, one in enumerate(shown))
    )  # fmt: skip
    zero = Markup('<path class="axis" d="M{0:.1f} 4V{1}"/><text x="{0:.1f}" y="{2}" class="middle">0</text>').format(
        across(0.0), height - 20, height - 5
    )
    return _svg(width, height, "Change of each metric, with its 95 % interval", zero + rows)


def metrics_plot(values: Sequence[tuple[str, float | None]]) -> Markup:
    """Each metric as a bar from 0 to 1; one without a value has none."""
    width, height = _WIDE, len(values) * _ROW + 8
    full = width - _LABELS - _VALUES
    rows = Markup().join(
        Markup(
            '<g><text x="{}" y="{}" class="end">{}</text><rect class="empty" x="{}" y="{}" width="{}" height="12"/>'
            '<rect class="bar" x="{}" y="{}" width="{:.1f}" height="12"/><text x="{}" y="{}">{}</text></g>'
        ).format(
            _LABELS - 10, y + 10, name, _LABELS, y, full, _LABELS, y, full * (value or 0.0),
            width - _VALUES + 8, y + 10, figure(value),
        )
        for y, (name, value) in ((4 + number * _ROW, pair) for number, pair in enumerate(values))
    )  # fmt: skip
    return _svg(width, height, "Every metric", rows)


def risk_plot(curve: RiskCoverage) -> Markup:
    """Risk over coverage."""
    line = " ".join(f"{_x(coverage):.1f},{_y(risk):.1f}" for coverage, risk in curve.points)
    drawn = Markup('<polyline class="line" points="{}"/>').format(line)
    return _framed("Risk over coverage", "share of cases answered", "share wrong", drawn)


def calibration_plot(found: Calibration) -> Markup:
    """The share that is answerable over the probability that was told; a larger dot stands for more cases."""
    largest = max((held.cases for held in found.bins), default=1)
    dots = Markup().join(
        Markup('<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"><title>{} cases</title></circle>').format(
            _x(held.predicted), _y(held.observed), 3 + 6 * (held.cases / largest) ** 0.5, held.cases
        )
        for held in found.bins
    )
    ideal = Markup('<path class="axis dashed" d="M{:.1f} {:.1f}L{:.1f} {:.1f}"/>').format(_x(0), _y(0), _x(1), _y(1))
    return _framed("Calibration", "probability of an answer, as told", "share with one", ideal + dots)


def latency_plot(taken: Latency) -> Markup:
    """How many cases took how long, up to the slowest."""
    most = taken.cases[-1] or 1.0
    counts = [0] * _BARS
    for milliseconds in taken.cases:
        counts[min(int(milliseconds / most * _BARS), _BARS - 1)] += 1
    width = (_WIDTH - _LEFT - _RIGHT) / _BARS
    bars = Markup().join(
        Markup('<rect class="bar" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
            _LEFT + number * width, _y(count / max(counts)), width - 1, _y(0) - _y(count / max(counts))
        )
        for number, count in enumerate(counts)
    )
    return _framed(
        "Latency", f"milliseconds, up to {most:.0f}", "cases", bars, ticks=("0", f"{most:.0f}"), top=max(counts)
    )


def _x(share: float) -> float:
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _y(share: float) -> float:
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)


def _framed(
    title: str, below: str, beside: str, drawn: Markup, *, ticks: tuple[str, str] = ("0", "1"), top: int = 1
) -> Markup:
    """A plot with its axes."""
    axes = Markup(
        '<path class="axis" d="M{0} {1}V{2}H{3}"/><text x="{0}" y="{4}" class="middle">{5}</text>'
        '<text x="{3}" y="{4}" class="end">{6}</text><text x="{7}" y="{8}" class="end">{9}</text>'
        '<text x="{10}" y="{11}" class="middle">{12}</text>'
        '<text x="12" y="{13}" class="middle" transform="rotate(-90 12 {13})">{14}</text>'
    ).format(
        _LEFT, _TOP, _y(0), _WIDTH - _RIGHT, _y(0) + 14, ticks[0], ticks[1], _LEFT - 6, _TOP + 8, top,
        (_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 6, below, (_TOP + _HEIGHT - _BOTTOM) / 2, beside,
    )  # fmt: skip
    return _svg(_WIDTH, _HEIGHT, title, axes + drawn)


def _svg(width: int, height: int, title: str, drawn: Markup) -> Markup:
    return Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}" style="max-width:{}px">{}</svg>').format(
        width, height, title, width, drawn
    )
