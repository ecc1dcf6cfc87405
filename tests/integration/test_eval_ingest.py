"""The commands that measure ingest, on little."""

import re

from eval.benchmarks.growth_plot import growth_plot
from eval.benchmarks.ingest import again, changes, rebuild


def test_an_unchanged_folder_is_counted_by_the_second() -> None:
    [line] = again(5)
    assert re.match(r"5 unchanged files: [\d,]+ a second", line)


def test_changed_files_stay_findable_and_leak_no_space() -> None:
    found, disk = changes(12, 3)
    assert re.search(r": 0 of \d+ passages not found", found)
    assert float(re.findall(r"([\d.]+) times that", disk)[0]) < 2


def test_damaged_vectors_are_made_again_at_opening_and_by_a_repair() -> None:
    [line] = rebuild(1_100)
    assert re.match(r"1100 passages, .*: [\d.]+ s at opening, [\d.]+ s by a repair", line)


def test_the_plot_of_growth_shows_each_size_once_in_each_panel() -> None:
    sizes = [{"passages": 10**n, "p95, ms": n, "median, ms": n, "peak memory, MB": n, "recall@10": 1.0} for n in (3, 4)]
    drawn = growth_plot(sizes)
    assert drawn.count(">10,000</text>") == 3
    assert drawn.count("<circle") == 2 * 4
