"""The commands that draw: what they print, write and refuse."""

import csv
import json
from pathlib import Path

import pytest

from actionlines.cli import main

SPECIFICATION = """\
[index]
code = "X"

[[elements]]
code = "P"
parent = "X"

[[elements]]
code = "Q"
parent = "X"

[[indicators]]
code = "users"
parent = "P"
goalposts = [0, 100]

[[indicators]]
code = "price"
parent = "Q"
goalposts = [21, 1]

[[steps]]
step = "normalise"
method = "goalposts"

[[steps]]
step = "aggregate"
availability = 1.0
"""
NOISE = """
[[uncertainty.factors]]
name = "pillars"
kind = "noise"
levels = [2]
share = 0.5
"""
CHOICE = """
[[uncertainty.factors]]
name = "mean"
kind = "choice"
setting = "steps.aggregate.method"
values = ["arithmetic", "geometric", "harmonic"]
"""
DATA = """\
iso3,year,users,price
FRA,2024,83.25,2
FRA,2025,85,1.5
NAM,2024,62,4
NAM,2025,64,
PAN,2024,71,6
PAN,2025,73,6
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "data.csv").write_text(DATA, encoding="utf-8")
    (tmp_path / "both.toml").write_text(SPECIFICATION + NOISE + CHOICE, encoding="utf-8")
    (tmp_path / "choice.toml").write_text(SPECIFICATION + CHOICE, encoding="utf-8")
    (tmp_path / "none.toml").write_text(SPECIFICATION, encoding="utf-8")
    return tmp_path


def run(command: str, files: Path, specification: str, *options: str) -> int:
    return main(["index", command, str(files / specification), str(files / "data.csv"), *options])


def test_uncertainty_writes_a_row_for_each_scored_unit_and_period(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("uncertainty", files, "both.toml", "--draws", "64", "--seed", "3", "--top", "1") == 0
    said = capsys.readouterr()
    rows = list(csv.DictReader(said.out.splitlines()))
    assert [(row["unit"], row["period"]) for row in rows] == [
        ("FRA", "2024"),
        ("FRA", "2025"),
        ("NAM", "2024"),
        ("PAN", "2024"),
        ("PAN", "2025"),
    ]
    assert list(rows[0]) == [
        "unit",
        "period",
        "score",
        "score_low",
        "score_median",
        "score_high",
        "absent",
        "rank",
        "rank_low",
        "rank_high",
        "within_1",
        "group",
    ]
    assert all(float(row["score_low"]) < float(row["score_high"]) for row in rows)
    assert (rows[0]["rank"], rows[0]["within_1"], rows[0]["group"]) == ("1", "1", "1")
    assert "64 draws of 2 factors with seed 3, 0 of them failed" in said.err


def test_all_combinations_are_enumerated_where_they_can_be(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("uncertainty", files, "choice.toml") == 0
    assert "all 3 combinations of 1 factors, 0 of them failed" in capsys.readouterr().err
    assert run("uncertainty", files, "choice.toml", "--sampled", "--draws", "8") == 0
    assert "8 draws of 1 factors" in capsys.readouterr().err


def test_same_seed_writes_the_same_file(files: Path) -> None:
    for name, seed in (("one.csv", "1"), ("same.csv", "1"), ("other.csv", "2")):
        assert (
            run("uncertainty", files, "both.toml", "--draws", "32", "--seed", seed, "-o", str(files / name))
            == 0
        )
    assert (files / "one.csv").read_bytes() == (files / "same.csv").read_bytes()
    assert (files / "one.csv").read_bytes() != (files / "other.csv").read_bytes()


def test_a_pool_and_a_cluster_write_the_bytes_of_one_process(files: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra actionlines[cluster] is not installed")
    words = ("uncertainty", files, "both.toml", "--draws", "2048", "-o")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", memory_limit=None
    ) as made:
        assert run(*words, str(files / "cluster.csv"), "--cluster", made.scheduler_address) == 0
    assert run(*words, str(files / "local.csv")) == 0
    assert run(*words, str(files / "pool.csv"), "--on", "pool", "--workers", "2") == 0
    local = (files / "local.csv").read_bytes()
    assert local == (files / "pool.csv").read_bytes() == (files / "cluster.csv").read_bytes()


def test_index_without_ranks_is_written_without_them_unless_asked(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unranked = SPECIFICATION.replace('code = "X"\n', 'code = "X"\nranked = false\n', 1) + CHOICE
    (files / "unranked.toml").write_text(unranked, encoding="utf-8")
    assert run("uncertainty", files, "unranked.toml") == 0
    assert "rank" not in capsys.readouterr().out
    assert run("uncertainty", files, "unranked.toml", "--ranks") == 0
    assert "rank_low" in capsys.readouterr().out


def test_json_says_how_the_figures_came_to_be(files: Path) -> None:
    out = files / "out.json"
    assert run("uncertainty", files, "both.toml", "--draws", "16", "-o", str(out)) == 0
    about = json.loads(out.read_text(encoding="utf-8"))
    assert (about["index"], about["draws"], about["seed"], about["exact"]) == ("X", 16, 0, False)
    assert about["factors"] == ["pillars", "mean"]
    assert about["failures"] == {}
    assert set(about["convergence"]) == {"score", "rank", "stable"}
    assert len(about["rows"]) == 5


def test_pairs_are_written_on_demand(files: Path) -> None:
    out = files / "pairs.csv"
    assert run("uncertainty", files, "choice.toml", "--pairs", str(out), "-o", str(files / "out.csv")) == 0
    with out.open(encoding="utf-8", newline="") as stream:
        rows = {
            (row["period"], row["unit"], row["other"]): row["probability"] for row in csv.DictReader(stream)
        }
    assert rows["2024", "FRA", "PAN"] == "1"
    assert len(rows) == 3 * 2 + 2


def test_sensitivity_says_the_indices_of_the_rank_shift(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = files / "indices.csv"
    assert run("sensitivity", files, "both.toml", "--draws", "64", "--format", "json", "-o", str(out)) == 0
    said = json.loads(capsys.readouterr().out)
    assert [one["factor"] for one in said["rank_shift"]] == ["pillars", "mean"]
    assert (said["rows"], said["seed"], said["exact"]) == (64, 0, False)
    with out.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    scores = [
        row for row in rows if row["target"] == "score" and (row["unit"], row["period"]) == ("PAN", "2025")
    ]
    assert [row["factor"] for row in scores] == ["pillars", "mean"]
    assert 0.9 < sum(float(row["first"]) for row in scores) < 1.1


def test_exact_sensitivity_says_shapley_effects(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sensitivity", files, "choice.toml") == 0
    said = capsys.readouterr().out
    assert said.startswith("mean rank shift of X: all combinations\n  mean: first")


@pytest.mark.parametrize(
    ("command", "options", "said"),
    [
        ("uncertainty", ("--draws", "0"), "--draws: 0 is too small. Expected: at least 1."),
        ("uncertainty", ("--seed", "-1"), "--seed: -1 is too small."),
        ("uncertainty", ("--level", "1"), "--level: 1.0 is no level."),
        ("uncertainty", ("--element", "Z"), "no element has the code “Z”"),
        ("uncertainty", ("-o", "out.txt"), "no kind of file"),
        ("uncertainty", ("--pairs", "out.txt"), "no kind of file"),
        ("sensitivity", ("--draws", "1"), "--draws: 1 is too small. Expected: at least 2."),
    ],
)
def test_bad_options_are_refused_with_status_2(
    command: str, options: tuple[str, ...], said: str, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command, files, "both.toml", *options) == 2
    error = capsys.readouterr()
    assert said in error.err
    assert error.out == ""


@pytest.mark.parametrize("command", ["uncertainty", "sensitivity"])
def test_specification_without_factors_is_refused(
    command: str, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command, files, "none.toml") == 2
    assert (
        "there is no factor of uncertainty. Expected: factors under [uncertainty]" in capsys.readouterr().err
    )


def test_failed_replicates_are_said_with_their_reason(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    failing = CHOICE.replace("steps.aggregate.method", "steps.normalise.method").replace(
        '["arithmetic", "geometric", "harmonic"]', '["goalposts", "minmax"]'
    )
    (files / "failing.toml").write_text(SPECIFICATION + failing, encoding="utf-8")
    (files / "data.csv").write_text(DATA.replace("83.25", "71").replace("62", "71"), encoding="utf-8")
    assert run("uncertainty", files, "failing.toml") == 0
    said = capsys.readouterr().err
    assert "all 2 combinations of 1 factors, 1 of them failed" in said
    assert (
        "1 replicates could not be computed: column users: the indicator users cannot be normalised" in said
    )
