"""The other commands as a person meets them: what they print, in a pipe and without colour, and what they refuse."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lasegue.cli import app

ROOT = Path(__file__).parents[1]
EXAMPLE = str(ROOT / "examples" / "foot-drop.yaml")
REFUSED = {
    "nothing to localise": (["localize"], ["CASE", "--text NOTE"]),
    "both case and note": (["localize", EXAMPLE, "--text", "weak"], ["either"]),
    "unknown lesion": (["simulate", "root.L9"], ["root.L9", "nearest"]),
    "side that a lesion has not": (["simulate", "cauda_equina", "--side", "middle"], ["--side middle", "left, right, bilateral"]),
    "severity": (["simulate", "root.L5", "--severity", "awful"], ["irritated, mild, moderate, severe, complete"]),
    "no lesion": (["simulate"], ["LESION", "--cohort"]),
    "cohort without a file": (["simulate", "--cohort", "3"], ["--out FILE"]),
    "cohort with severity": (["simulate", "--cohort", "3", "--severity", "mild", "--out", "x.csv"], ["--severity"]),
    "cohort of another format": (["simulate", "--cohort", "3", "--out", "x.xls"], [".csv or .parquet"]),
    "unknown name": (["show", "quadricps"], ["quadricps", "nearest", "quadriceps"]),
    "unknown table": (["table", "moons"], ["roots, nerves, reflexes, myotomes"]),
    "unknown topic": (["claims", "--topic", "moons"], ["--topic moons", "myotome"]),
    "unknown view": (["atlas", "--view", "moon", "--out", "x.svg"], ["--view moon", "anterior, posterior"]),
    "unknown layer": (["atlas", "--layer", "moon", "--out", "x.svg"], ["--layer moon", "dermatomes"]),
    "unknown nerve": (["atlas", "--nerve", "saphenoux", "--out", "x.svg"], ["saphenoux", "Saphenous nerve"]),
    "plate of another format": (["atlas", "--out", "x.gif"], [".svg, .png, .pdf"]),
    "plate of a patient without one": (["atlas", "--layer", "findings", "--out", "x.svg"], ["--case CASE"]),
    "region of the sole": (["atlas", "--view", "sole", "--region", "leg", "--out", "x.svg"], ["--region"]),
    "folder that is not there": (["atlas", "--out", "no-such-folder/x.svg"], ["no-such-folder"]),
    "cases that are not there": (["batch", "no-such.jsonl", "x.jsonl"], ["no-such.jsonl"]),
    "note that is not there": (["read", "no-such.txt"], ["no-such.txt"]),
    "other devices without their name": (["serve", "--host", "0.0.0.0"], ["--allow-host"]),
    "no patients": (["evaluate", "--simulated", "0"], ["1 or more"]),
}


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=given, catch_exceptions=False)


def printed(*arguments: str, given: str | None = None) -> str:
    done = run(*arguments, given=given)
    assert done.exit_code == 0, done.stderr
    assert "\x1b" not in done.stdout
    return done.stdout


@pytest.mark.parametrize("what", REFUSED)
def test_a_wrong_call_is_refused_in_words(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    arguments, expected = REFUSED[what]
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("lasegue: ")
    assert [words for words in expected if words not in done.stderr] == []
    assert list(tmp_path.iterdir()) == []


def test_l5_and_the_peroneal_nerve_differ_by_inversion_and_hip_abduction() -> None:
    first = printed("compare", "root.L5", "nerve.common_peroneal").split("\nAsk")[0].splitlines()
    told = [line for line in first if line.startswith("  0.")]
    assert any("inversion tested in plantarflexion" in line for line in told[:3])
    assert any("Hip abduction" in line for line in told[:3])


def test_simulate_show_table_and_claims_print_what_they_are_asked_for() -> None:
    assert "Great toe extension" in printed("simulate", "L5").split("Sensation")[0]
    assert "muscle tibialis_anterior" in printed("show", "tibialis anterior")
    assert "printed: S1, S2" in printed("table", "reflexes")
    assert "Where texts disagree" in printed("claims", "--topic", "reflex")


def test_the_same_seed_draws_the_same_patients(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("one.csv", "two.csv", "three.csv")]
    for file, seed in zip(files, ("5", "5", "6"), strict=True):
        printed("simulate", "root.S1", "--cohort", "4", "--seed", seed, "--out", str(file))
    one, two, three = (file.read_text() for file in files)
    assert one == two != three
    with files[0].open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["true.lesion"] for row in rows] == ["root.S1"] * 4


def test_a_plate_of_each_kind(tmp_path: Path) -> None:
    out = tmp_path / "plate.svg"
    asked: tuple[list[str], ...] = (
        [],
        ["--root", "l5", "--view", "lateral"],
        ["--nerve", "saphenous", "--layer", "axial-lines", "--layer", "key-points"],
        ["--lesion", "common_peroneal", "--severity", "severe", "--theme", "print"],
        ["--case", EXAMPLE, "--layer", "expected"],
    )
    seen = set()
    for arguments in asked:
        assert printed("atlas", *arguments, "--out", str(out)).strip() == str(out)
        seen.add(out.read_text())
    assert all(picture.startswith("<svg") for picture in seen)
    assert len(seen) == len(asked)


def test_a_note_is_read_and_localised_and_what_was_entered_wins(tmp_path: Path) -> None:
    note = "Left foot drop since yesterday. EHL 2/5. No back pain."
    assert "EHL 2/5" in printed("read", "-", given=note)
    assert "great toe extension" in printed("localize", "--text", note).lower() or "EHL 2/5" in printed("localize", "--text", note)
    file = tmp_path / "case.yaml"
    file.write_text(f'text: "{note}"\nside: left\npower: [{{movement: great toe extension, grade: 4}}]\n')
    told = printed("localize", str(file), "--from-text")
    assert "2/5" not in told


def test_a_batch_answers_each_case_and_says_which_failed(tmp_path: Path) -> None:
    cases, answers = tmp_path / "cases.jsonl", tmp_path / "answers.jsonl"
    cases.write_text('{"id": "a", "side": "left", "power": [{"movement": "EHL", "grade": 3}]}\n{"id": "b", "age": "old"}\n')
    done = run("batch", str(cases), str(answers), "--processes", "1")
    assert done.exit_code == 2
    assert "2 cases answered" in done.stdout
    assert [('"errors"' in line) for line in answers.read_text().splitlines()] == [False, True]


def test_versions_and_help() -> None:
    assert printed("--version").startswith("lasegue ")
    assert "Start with: lasegue localize" in printed("--help")
