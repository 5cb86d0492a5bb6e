"""Medians of rounds, and ratios taken inside a round."""

from bench.load import Figures
from bench.report import Cell, Measurement, Results, grid, markdown, rows

CELL = Cell("none", "S", 64)


def measured(server: str, number: int, per_second: int, **more: float) -> Measurement:
    figures = Figures(per_second, 1.0, 0, p50_us=1.0, p90_us=1.0, p99_us=1.0, max_us=1.0)
    facts = {"cpu_us": 100.0, "database_us": 0.0, "strangers": 0.0, **more}
    return Measurement(server, number, CELL, figures, **facts)


def test_speed_is_the_median_of_the_rounds():
    (row,) = rows([measured("us", n, speed) for n, speed in enumerate((100, 900, 300))], "them")
    assert (row.low, row.per_second, row.high) == (100, 300, 900)


def test_ratio_is_taken_inside_each_round():
    drifting = [(1000, 500), (100, 50), (4000, 1000)]
    seen = [
        one
        for n, (ours, theirs) in enumerate(drifting)
        for one in (measured("us", n, ours), measured("them", n, theirs))
    ]
    assert rows(seen, "them")[0].ratio == 2


def test_round_without_the_reference_gives_no_ratio():
    seen = [measured("us", 0, 100), measured("us", 1, 900), measured("them", 0, 50)]
    assert rows(seen, "them")[0].ratio == 2


def test_without_the_reference_there_is_no_ratio():
    assert rows([measured("us", 0, 100)], "them")[0].ratio is None


def test_cheaper_counts_the_database_too():
    seen = [
        measured("us", 0, 100, cpu_us=50.0, database_us=50.0),
        measured("them", 0, 100, cpu_us=250.0, database_us=50.0),
    ]
    assert rows(seen, "them")[0].cheaper == 3


def test_crowded_round_marks_the_figure():
    assert rows([measured("us", 0, 100), measured("us", 1, 100, strangers=0.5)], "us")[0].crowded


def test_columns_of_the_grid_line_up():
    lines = grid([("server", "req/s"), ("a", "12,345"), ("longer name", "6")]).splitlines()
    assert len({len(line) for line in lines}) == 1


def test_report_names_who_failed_and_why():
    results = Results(failed={"php": "pg: 502"})
    assert "- php: pg: 502" in markdown(results, "them")
