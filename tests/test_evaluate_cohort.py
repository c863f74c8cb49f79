"""`lasegue evaluate --cohort`: the figures of a file of simulated patients, and what it refuses."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from lasegue.assess import as_answer, assess
from lasegue.cli import app
from lasegue.evaluate import evaluate_cohort, figures, score
from lasegue.simulate import cases, cohort_table, draw, write_cohort

PATIENTS = 6


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cohort") / "cohort.parquet"
    write_cohort(PATIENTS, 3, "emergency", path)
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    columns = cohort_table(draw(PATIENTS, 3, "emergency"))
    rows = [dict(zip(columns, map(str, values), strict=True)) for values in zip(*columns.values(), strict=True)]
    return [{"id": f"p{n}", **row} for n, row in enumerate(rows)]


def as_csv(path: Path, rows: list[dict[str, str]]) -> str:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def refused(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["evaluate", *arguments], catch_exceptions=False)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("lasegue: ")
    return done.stderr


def test_figures_are_those_of_the_same_patients_answered_one_by_one(cohort: Path) -> None:
    found = evaluate_cohort(str(cohort), processes=1)
    truth: list[dict[str, Any]] = []
    answers: dict[str, Any] = {}
    for row in rows_of(cohort):
        case = {key: value for key, value in row.items() if value != ""}
        truth.append({"id": case["id"], "gold": {"lesions": [case["true.lesion"]], "side": case["true.side"]}})
    for number, one in enumerate(cases(draw(PATIENTS, 3, "emergency"))):
        answers[f"p{number}"] = as_answer(assess(one))
    expected = figures(score(answers, truth))
    for name in ("strict", "accepted", "top3", "side", "n"):
        assert getattr(found.figures, name) == getattr(expected, name), name
    for name in ("logloss", "ece", "brier", "conf"):
        assert getattr(found.figures, name) == pytest.approx(getattr(expected, name), abs=1e-9), name
    assert sum(one.n for one in found.families.values()) == PATIENTS
    assert set(found.families) == {row["true.lesion"].partition(".")[0] for row in rows_of(cohort)}


def test_the_setting_of_the_file_is_the_prior_unless_another_is_asked_for(cohort: Path) -> None:
    own, same, other = (evaluate_cohort(str(cohort), setting=setting, processes=1) for setting in (None, "emergency", "primary_care"))
    assert own == same
    assert own.figures.logloss != other.figures.logloss


def test_red_flags_of_emergencies_are_counted(tmp_path: Path) -> None:
    def patient(lesion: str, **findings: str) -> dict[str, str]:
        blank = dict.fromkeys(("sphincter.bladder", "sphincter.saddle_sensation", "left.power.great_toe_extension"), "")
        return {"side": "left", **blank, **findings, "true.lesion": lesion, "true.side": "bilateral" if "_" in lesion else "left"}

    retention = {"sphincter.bladder": "retention", "sphincter.saddle_sensation": "reduced"}
    rows = [patient("cauda_equina", **retention), patient("cauda_equina", **{"left.power.great_toe_extension": "5"})]
    rows += [patient("root.L5", **retention), patient("root.L5", **{"left.power.great_toe_extension": "4"})]
    alerts = evaluate_cohort(as_csv(tmp_path / "four.csv", rows), processes=1).alerts
    assert (alerts.emergencies, alerts.caught, alerts.others, alerts.alarmed) == (2, 1, 2, 1)


def test_the_command_measures_the_first_rows_in_words_and_in_json(cohort: Path) -> None:
    told = CliRunner().invoke(app, ["evaluate", "--cohort", str(cohort), "--rows", "3", "--json"], catch_exceptions=False)
    assert told.exit_code == 0
    assert json.loads(told.stdout)["figures"]["all"]["n"] == 3
    words = CliRunner().invoke(app, ["evaluate", "--cohort", str(cohort), "--rows", "3"], catch_exceptions=False)
    assert "emergencies with a red flag" in words.stdout
    assert "drawn from the model itself" in words.stdout


def test_what_is_no_cohort_is_refused_in_words(tmp_path: Path, cohort: Path) -> None:
    rows = rows_of(cohort)
    bare = as_csv(tmp_path / "bare.csv", [{k: v for k, v in row.items() if not k.startswith("true.")} for row in rows])
    assert "row 1: no true.lesion" in refused("--cohort", bare)
    wrong = as_csv(tmp_path / "wrong.csv", [row | {"true.lesion": "root.L9", "true.side": "up"} for row in rows[:2]])
    told = refused("--cohort", wrong)
    assert [
        words for words in ("row 1: true.lesion root.L9", "row 2: true.lesion root.L9", "true.side up", "left, right") if words not in told
    ] == []
    empty = tmp_path / "empty.csv"
    empty.write_text("id,age,true.lesion\n")
    assert "holds no patient" in refused("--cohort", str(empty))
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(cohort.read_bytes()[:2000])
    assert "broken.parquet" in refused("--cohort", str(broken))
    assert "no file" in refused("--cohort", str(tmp_path / "none.parquet"))
    assert ".csv or .parquet" in refused("--cohort", "cases.yaml")


def test_options_that_do_not_go_together(cohort: Path) -> None:
    assert "--from-text" in refused("--cohort", str(cohort), "--from-text")
    assert "CASES, --plot" in refused("published", "--cohort", str(cohort), "--plot", "x.svg")
    assert "--cohort FILE" in refused("--rows", "3")
    assert "1 or more" in refused("--cohort", str(cohort), "--rows", "0")
