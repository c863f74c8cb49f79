"""Many cases at once: every format in and out, bad rows, a run that is killed, and tables in memory."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest

import lasegue
from lasegue.batch import Options, count_of, localize_batch, localize_batches, run
from lasegue.batch.columns import wide_case
from lasegue.batch.sinks import whole_lines
from lasegue.batch.sources import cases_of
from lasegue.case import read_case
from lasegue.case.model import Origin
from lasegue.errors import InputError
from lasegue.simulate import cases, cohort_table, draw, write_cohort

CASES: list[dict[str, Any]] = [
    {"id": "a", "side": "left", "power": [{"movement": "ankle dorsiflexion", "grade": 2}]},
    {"id": "b", "side": "right", "reflexes": [{"reflex": "ankle", "finding": "absent"}], "age": 45},
    {"id": "bad", "power": [{"movement": "great toe extnsion", "side": "left", "grade": 9}]},
    {"id": "c", "side": "left", "history": ["diabetes"], "sensory": [{"site": "sole", "finding": "reduced"}]},
]
WIDE = [
    {"id": "a", "side": "left", "left.power.ankle_dorsiflexion": "2", "history.diabetes": "no", "right.reflex.ankle": ""},
    {"id": "b", "side": "right", "left.power.ankle_dorsiflexion": "", "history.diabetes": "yes", "right.reflex.ankle": "absent"},
    {"id": "bad", "side": "right", "left.power.ankle_dorsiflexion": "17", "history.diabetes": "", "right.reflex.ankle": ""},
]


def as_lines(folder: Path, cases: list[dict[str, Any]] = CASES) -> Path:
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(case) + "\n" for case in cases))
    return path


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def as_csv(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_json_lines_answer_in_order_and_a_bad_case_says_why(tmp_path: Path) -> None:
    source = as_lines(tmp_path)
    with source.open("a") as file:
        file.write("{not json\n")
    told = []
    summary = run(source, tmp_path / "out.jsonl", processes=1, tell=told.append)
    found = read_lines(tmp_path / "out.jsonl")
    assert [one["id"] for one in found] == ["a", "b", "bad", "c", ""]
    assert (summary.answered, summary.failed, told[-1].done) == (5, 2, 5)
    assert {error["path"] for error in found[2]["errors"]} == {"power[0].movement", "power[0].grade"}
    alone = lasegue.localize(CASES[0])
    assert found[0]["ranking"] == [{**row, "interval": None} for row in alone["ranking"]]
    assert list(tmp_path.glob("out.jsonl.*")) == []


def test_full_answers_are_those_of_one_case(tmp_path: Path) -> None:
    run(as_lines(tmp_path, CASES[:1]), tmp_path / "out.jsonl", Options(full=True), processes=1)
    assert read_lines(tmp_path / "out.jsonl") == [json.loads(json.dumps(lasegue.localize(CASES[0])))]


def test_two_processes_give_what_one_gives(tmp_path: Path) -> None:
    source = as_lines(tmp_path, CASES * 40)
    run(source, tmp_path / "one.jsonl", processes=1)
    run(source, tmp_path / "two.jsonl", processes=2)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_wide_and_long_csv_read_as_the_case_file_does(tmp_path: Path) -> None:
    long = [
        {"id": "a", "kind": "person", "name": "side", "side": "", "value": "left"},
        {"id": "a", "kind": "power", "name": "ankle dorsiflexion", "side": "left", "value": "2"},
        {"id": "a", "kind": "history", "name": "", "side": "", "value": "no diabetes"},
        {"id": "b", "kind": "person", "name": "side", "side": "", "value": "right"},
        {"id": "b", "kind": "reflex", "name": "ankle", "side": "right", "value": "absent"},
        {"id": "b", "kind": "history", "name": "diabetes", "side": "", "value": "yes"},
        {"id": "bad", "kind": "nonsense", "name": "x", "side": "", "value": "1"},
    ]
    run(as_csv(tmp_path / "wide.csv", WIDE), tmp_path / "wide.jsonl", processes=1)
    run(as_csv(tmp_path / "long.csv", long), tmp_path / "long.jsonl", processes=1)
    wide, tall = read_lines(tmp_path / "wide.jsonl"), read_lines(tmp_path / "long.jsonl")
    assert [one["ranking"] for one in wide[:2]] == [one["ranking"] for one in tall[:2]]
    assert "errors" in wide[2]
    assert "errors" in tall[2]


def test_a_column_that_nobody_can_read_is_refused_before_the_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"column temprature.*\ncolumn left\.pulse\.x"):
        run(as_csv(tmp_path / "in.csv", [{"id": 1, "temprature": 3, "left.pulse.x": 2}]), tmp_path / "out.jsonl", processes=1)


@pytest.mark.parametrize("ending", ["parquet", "arrow", "csv"])
def test_tables_in_and_out(tmp_path: Path, ending: str) -> None:
    source = tmp_path / "in.parquet"
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(WIDE), source)
    target = tmp_path / f"out.{ending}"
    assert run(source, target, processes=1).failed == 1
    if ending == "csv":
        with target.open(newline="") as file:
            rows: list[dict[str, Any]] = list(csv.DictReader(file))
    elif ending == "parquet":
        rows = pyarrow.parquet.read_table(target).to_pylist()
    else:
        with pyarrow.ipc.open_file(target) as reader:
            rows = reader.read_all().to_pylist()
    assert [row["id"] for row in rows] == ["a", "b", "bad"]
    assert json.loads(rows[0]["answer"])["ranking"][0]["lesion"] == rows[0]["lesion"]
    assert rows[2]["error"]


def test_a_run_goes_on_where_it_was_cut(tmp_path: Path) -> None:
    source, target = as_lines(tmp_path, CASES * 40), tmp_path / "out.jsonl"
    run(source, target, processes=1)
    whole = target.read_bytes()

    class Cut(Exception):
        pass

    def cut(_: Any) -> None:
        raise Cut

    with pytest.raises(Cut):
        run(source, target, processes=1, tell=cut)
    partial = tmp_path / "out.jsonl.partial"
    partial.write_bytes(partial.read_bytes()[:-7])
    summary = run(source, target, processes=1)
    assert summary.before == 63
    assert target.read_bytes() == whole


def test_a_run_goes_on_only_with_the_same_input_and_options(tmp_path: Path) -> None:
    source, target = as_lines(tmp_path), tmp_path / "out.jsonl"

    def cut(_: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(source, target, processes=1, tell=cut)
    with pytest.raises(InputError, match="other options"):
        run(source, target, Options(setting="emergency"), processes=1)
    assert run(source, target, processes=1).before == 4


def test_killed_with_no_warning_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    source, target = as_lines(tmp_path, [{**CASES[k % 2], "id": str(k)} for k in range(400)]), tmp_path / "out.parquet"
    script = f"from lasegue.batch import run\nif __name__ == '__main__':\n    run({str(source)!r}, {str(target)!r}, processes=1)\n"
    (tmp_path / "go.py").write_text(script)
    where = {**os.environ, "PYTHONPATH": str(Path(lasegue.__file__).parents[1])}
    going = subprocess.Popen([sys.executable, str(tmp_path / "go.py")], env=where)
    parts = tmp_path / "out.parquet.parts"
    until = time.monotonic() + 60
    while time.monotonic() < until and len(list(parts.glob("*.parquet"))) < 2:
        time.sleep(0.02)
    going.send_signal(signal.SIGKILL)
    going.wait()
    summary = run(source, target, processes=1)
    assert 128 <= summary.before < 400
    assert [int(row) for row in pyarrow.parquet.read_table(target)["id"].to_pylist()] == list(range(400))


def test_whole_lines_cuts_what_is_half_written(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"one\ntwo\nthr")
    assert whole_lines(path) == 2
    assert path.read_bytes() == b"one\ntwo\n"


def test_tables_of_pandas_polars_and_arrow_answer_alike() -> None:
    table = pyarrow.Table.from_pylist(WIDE)
    found = [localize_batch(one) for one in (table, polars.DataFrame(WIDE), pandas.DataFrame(WIDE))]
    assert found[0].num_rows == 3
    assert all(one.equals(found[0]) for one in found[1:])
    assert polars.from_arrow(found[0])["lesion"][0] == found[0]["lesion"][0].as_py()
    with pytest.raises(InputError, match="speaks Arrow"):
        localize_batch([1, 2])


def test_record_batches_for_a_cluster_engine() -> None:
    table = pyarrow.Table.from_pylist([{"case": json.dumps(case)} for case in CASES])
    found = pyarrow.Table.from_batches(list(localize_batches(table.to_batches(max_chunksize=2))))
    assert found["id"].to_pylist() == ["a", "b", "bad", "c"]


def test_a_row_with_too_many_or_too_few_cells_is_an_error_row(tmp_path: Path) -> None:
    header = "id,side,left.power.great_toe_extension\n"
    path, out = tmp_path / "in.csv", tmp_path / "out.jsonl"
    path.write_text(f"{header}a,left,3\nb,left,3,4\nc,left\nd,left,\n")
    assert run(path, out, processes=1).failed == 2
    assert ["errors" in one for one in read_lines(out)] == [False, True, True, False]
    assert "more or fewer cells" in read_lines(out)[1]["errors"][0]["message"]


def test_a_table_in_another_encoding_is_told_and_what_stands_before_is_answered(tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.jsonl"
    path.write_bytes(b"id,side,history\n" + b"a,left,weight loss\n" * 1000 + "b,left,Rückenschmerz\n".encode("latin-1"))
    *before, last = cases_of(path)
    assert before
    assert "not CSV in UTF-8" in last.message
    path.write_bytes("id,Größe\n".encode("latin-1"))
    with pytest.raises(InputError, match="UTF-8"):
        run(path, out, processes=1)


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("id,side,side\na,left,right\n")
    with pytest.raises(InputError, match="column side stands twice"):
        run(path, tmp_path / "out.jsonl", processes=1)


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_errors_of_the_run_before_count_too(tmp_path: Path, ending: str) -> None:
    source, target = as_lines(tmp_path), tmp_path / f"out.{ending}"
    with pytest.raises(KeyboardInterrupt):
        run(source, target, processes=1, tell=interrupted)
    assert run(source, target, processes=1).failed == 1


def interrupted(_: Any) -> None:
    raise KeyboardInterrupt


def test_the_number_of_cases_for_the_bar(tmp_path: Path) -> None:
    write_cohort(5, 1, "specialist", tmp_path / "cohort.parquet")
    assert count_of(tmp_path / "cohort.parquet") == 5
    assert count_of(as_lines(tmp_path)) == len(CASES)
    write_cohort(5, 1, "specialist", tmp_path / "cohort.csv")
    assert count_of(tmp_path / "cohort.csv") == 5
    (tmp_path / "long.csv").write_text("id,kind,name,value\na,power,EHL,3\n")
    assert count_of(tmp_path / "long.csv") is None


def test_two_low_lines_are_a_dot_for_engines_that_allow_none() -> None:
    row = {"left.power.great_toe_extension": "3", "true.lesion": "root.L5", "tempo.onset": "days"}
    assert wide_case({name.replace(".", "__"): value for name, value in row.items()}) == wide_case(row)


def test_batches_of_single_findings_are_refused(tmp_path: Path) -> None:
    long = pyarrow.table({"id": ["a"], "kind": ["power"], "name": ["EHL"], "value": ["3"]})
    with pytest.raises(InputError, match="one row a case"):
        list(localize_batches(long.to_batches()))


def test_the_words_of_wide_columns() -> None:
    row = {"pain.low_back": "no", "left.pain.sole": "severe", "sphincter.bladder.retention": "yes"}
    case = wide_case({**row, "tempo.onset": "sudden", "true.lesion": "x", "history": "weight loss; no zoster"})
    assert case["pain"] == [{"site": "low_back", "severity": "none"}, {"site": "sole", "side": "left", "severity": "severe"}]
    assert case["sphincter"] == {"bladder": "retention"}
    assert case["history"] == ["weight loss", "no zoster"]
    assert (case["onset"], case["gold"]) == ("sudden", {"lesions": ["x"]})


def test_a_case_of_which_nothing_was_examined_has_an_answer() -> None:
    found = lasegue.localize({"side": "left", "history": ["diabetes"]})
    assert found["ranking"]
    assert all(low <= row["probability"] <= high for row in found["ranking"] if row["interval"] for low, high in [row["interval"]])


def test_a_simulated_cohort_is_a_table_that_a_batch_answers(tmp_path: Path) -> None:
    assert write_cohort(30, 4, "specialist", tmp_path / "cohort.parquet") == 30
    write_cohort(30, 4, "specialist", tmp_path / "cohort.csv")
    assert run(tmp_path / "cohort.parquet", tmp_path / "one.jsonl", processes=1).failed == 0
    assert run(tmp_path / "cohort.csv", tmp_path / "two.jsonl", processes=1).failed == 0
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
    unused = [left for one in read_lines(tmp_path / "one.jsonl") for left in one["unused"]]
    assert [left for left in unused if left["why"] == "not recognised"] == []


def test_a_simulated_patient_read_from_the_table_is_the_patient_that_was_drawn() -> None:
    drawn = draw(60, 3, "emergency")
    columns = cohort_table(drawn)
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    tempo = ("tempo.", "course.")  # which a file also leaves among the history
    for row, patient in zip(rows, cases(drawn), strict=True):
        read = read_case(wide_case(row))
        assert (read.age, read.sex, read.side, read.setting) == (patient.age, patient.sex, patient.side, patient.setting)
        assert (read.tempo.onset, read.tempo.course, read.unused) == (patient.tempo.onset, patient.tempo.course, ())
        for part in ("power", "sense", "reflexes", "tests", "pain", "sphincter"):
            assert bare(getattr(read, part)) == bare(getattr(patient, part)), (row["side"], part)
        assert bare(one for one in read.history if not one.item.startswith(tempo)) == bare(patient.history)


def bare(findings: Iterable[Any]) -> set[str]:
    """Findings without the place where they stood."""
    return {repr(replace(one, origin=Origin("", ""))) for one in findings}
