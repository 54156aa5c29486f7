"""`actionlines align` on folders and large tables: the same everywhere, and taken up again after a kill."""

import json
import os
import signal
import subprocess
import sys

import pytest

from actionlines.cli import align as command
from actionlines.cli import main
from actionlines.cli.corpus import CHUNK
from actionlines.cli.journal import journaled

ROWS = 10 * CHUNK + 7
SUBJECTS = ("Farmers learn of prices", "Girls go to school", "Wells give clean water", "贫困家庭得到帮助")


@pytest.fixture
def folder(tmp_path):
    """A table of several chunks, a document below it, and what is passed over."""
    given = tmp_path / "given"
    (given / "deep" / ".hidden").mkdir(parents=True)
    lines = [f"p-{n},Project {n},{SUBJECTS[n % 4]} in village {n}.,C2" for n in range(ROWS)]
    (given / "a.csv").write_text("id,title,description,lines\n" + "\n".join(lines) + "\n", encoding="utf-8")
    (given / "deep" / "plan.md").write_text("Broadband for all.\n", encoding="utf-8")
    (given / "deep" / ".hidden" / "b.md").write_text("Hidden.\n", encoding="utf-8")
    (given / "picture.png").write_bytes(b"\x89PNG")
    return given


def run(*words):
    return main(["align", *map(str, words)])


def test_folder_is_read_with_all_below_it_in_the_order_of_the_paths(capsys, folder):
    assert run(folder, "--format", "jsonl") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row.get("id", row["file"]) for row in rows] == [*(f"p-{n}" for n in range(ROWS)), "plan.md"]


def test_folder_with_nothing_to_read_is_bad_input(capsys, tmp_path):
    (tmp_path / "empty").mkdir()
    assert run(tmp_path / "empty") == 2
    assert "the folder holds nothing to read." in capsys.readouterr().err


@pytest.mark.parametrize("shape", ["json", "jsonl", "csv", "html"])
def test_pool_gives_what_one_process_gives(folder, tmp_path, shape):
    for workers in (1, 2):
        assert run(folder, "--format", shape, "-o", tmp_path / f"{workers}", "--workers", workers) == 0
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_cluster_gives_what_one_process_gives(folder, tmp_path):
    distributed = pytest.importorskip("distributed")
    assert run(folder, "-o", tmp_path / "local") == 0
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
    ) as cluster:
        assert run(folder, "-o", tmp_path / "cluster", "--cluster", cluster.scheduler_address) == 0
    assert (tmp_path / "local").read_bytes() == (tmp_path / "cluster").read_bytes()


@pytest.mark.parametrize("said", ["0", "-1", "many", "999"])
def test_number_of_workers_out_of_range_is_refused(capsys, folder, said):
    with pytest.raises(SystemExit):
        run(folder, f"--workers={said}")
    assert "is not a number of processes" in capsys.readouterr().err


def test_run_that_was_killed_goes_on_where_it_was(capsys, folder, tmp_path):
    output = tmp_path / "out.json"
    assert run(folder, "-o", tmp_path / "whole.json") == 0
    # Each chunk waits for a line, so that the kill comes in the middle however fast the machine is.
    slow = (
        "import sys\n"
        "from actionlines.cli import align, main\n"
        "class Slow(align.Order):\n"
        "    __slots__ = ()\n"
        "    def __call__(self, chunk):\n"
        "        print('begun', flush=True)\n"
        "        sys.stdin.readline()\n"
        "        return super().__call__(chunk)\n"
        "align.Order = Slow\n"
        f"main(['align', {str(folder)!r}, '-o', {str(output)!r}])\n"
    )
    words = [sys.executable, "-c", slow]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        for _ in range(4):
            process.stdin.write("\n")
        process.stdin.flush()
        assert [process.stdout.readline() for _ in range(5)] == ["begun\n"] * 5
        os.kill(process.pid, signal.SIGKILL)
    assert not output.exists()
    assert run(folder, "-o", output) == 0
    assert "going on behind 4 chunks that are done." in capsys.readouterr().err
    assert output.read_bytes() == (tmp_path / "whole.json").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["given", "out.json", "whole.json"]


def interrupted(monkeypatch, folder, output, after, *words):
    """Stop a run as Ctrl-C does, after some chunks."""
    held = command.Order.__call__
    done = []

    def stop(self, chunk):
        if len(done) == after:
            raise KeyboardInterrupt
        done.append(chunk)
        return held(self, chunk)

    monkeypatch.setattr(command.Order, "__call__", stop)
    with pytest.raises(KeyboardInterrupt):
        run(folder, "-o", output, *words)
    monkeypatch.undo()


def test_run_for_another_task_begins_anew(capsys, folder, tmp_path, monkeypatch):
    output = tmp_path / "out.csv"
    interrupted(monkeypatch, folder, output, 3, "--format", "csv")
    assert run(folder, "--format", "csv", "--framework", "wsis", "-o", output) == 0
    assert "going on" not in capsys.readouterr().err
    assert run(folder, "--format", "csv", "--framework", "wsis", "-o", tmp_path / "whole.csv") == 0
    assert output.read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_changed_file_begins_anew(capsys, folder, tmp_path, monkeypatch):
    output = tmp_path / "out.json"
    interrupted(monkeypatch, folder, output, 3)
    (folder / "deep" / "plan.md").write_text("Broadband and schools for all.\n", encoding="utf-8")
    assert run(folder, "-o", output) == 0
    assert "going on" not in capsys.readouterr().err


@pytest.mark.parametrize("torn", ['{"chunk": 4, "by', "\x00\x00", '{"chunk": 9, "bytes": 3}\n', "[]\n"])
def test_torn_journal_goes_on_behind_its_last_whole_line(folder, tmp_path, monkeypatch, torn):
    output = tmp_path / "out.json"
    interrupted(monkeypatch, folder, output, 3)
    with (tmp_path / "out.json.journal").open("a", encoding="utf-8") as file:
        file.write(torn)
    assert run(folder, "-o", output) == 0
    assert run(folder, "-o", tmp_path / "whole.json") == 0
    assert output.read_bytes() == (tmp_path / "whole.json").read_bytes()


def broken_off(output, texts):
    with journaled(output, "task") as journal:
        for text in texts:
            journal.write(text)
        raise KeyboardInterrupt


def test_part_shorter_than_its_journal_says_goes_on_behind_what_is_there(tmp_path):
    output = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        broken_off(output, ("one ", "two ", "three "))
    with (tmp_path / "out.part").open("r+b") as part:
        part.truncate(6)
    with journaled(output, "task") as journal:
        assert journal.done == 1
        journal.write("2")
    assert output.read_text(encoding="utf-8") == "one 2"


def test_table_larger_than_an_upload_may_be_is_read(capsys, folder, monkeypatch):
    monkeypatch.setattr("actionlines.formats.tabular.reading.MAX_BYTES", 10)
    assert run(folder / "a.csv", "--format", "jsonl") == 0
    assert len(capsys.readouterr().out.splitlines()) == ROWS


def test_rows_of_a_large_table_are_never_all_in_memory(folder):
    from actionlines.cli.corpus import Corpus

    corpus = Corpus([folder / "a.csv"])
    corpus.survey()
    chunks = corpus.chunks()
    assert corpus.count == ROWS
    assert [len(next(chunks)) for _ in range(3)] == [CHUNK] * 3
    assert not corpus._kept
