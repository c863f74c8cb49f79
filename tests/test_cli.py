"""The command as a person and a script meet it: answers, faults, exit statuses."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from lasegue.cli import app

RUN = CliRunner()
EXAMPLE = Path(__file__).parents[1] / "examples" / "foot-drop.yaml"
CONTRACT_KEYS = set(
    "id format model_version knowledge_version prior scope ranking pairs families roots discs causes fit prior_weight joint rest because "
    "must_ask next_tests red_flags red_flags_not_asked unused".split()
)
WRONG = {
    "no YAML": ("power: [unclosed", ["not YAML"]),
    "wrong types": ('power: 5\nage: "old"\n', ["age: should be a valid number", "power: should be a list"]),
    "grade off the scale": ("power: [{movement: ankle dorsiflexion, side: left, grade: 7}]", ["power[0].grade", "0 to 5", "7"]),
    "unknown movement": (
        "power: [{movement: ankel dorsiflexon, side: left, grade: 3}]",
        ["power[0].movement", "ankel dorsiflexon", "nearest: Ankle dorsiflexion"],
    ),
    "unknown key": ("side: left\nmuscels: []", ["muscels", "unknown key"]),
    "contradiction": (
        "reflexes: [{reflex: ankle, side: left, finding: absent}, {reflex: ankle, side: left, finding: brisk}]",
        ["reflexes[1]", "both cannot hold"],
    ),
    "empty": ("", ["the file is empty"]),
    "key twice": ("age: 40\nage: 50\n", ["'age' stands twice"]),
    "too large": ("text: " + "x" * 1_100_000, ["1,000,000"]),
}


def test_json_has_every_key_of_the_contract() -> None:
    done = RUN.invoke(app, ["localize", str(EXAMPLE), "--json"])
    assert done.exit_code == 0
    answer = json.loads(done.stdout)
    assert set(answer) >= CONTRACT_KEYS
    total = sum(row["probability"] for row in answer["ranking"]) + sum(pair["probability"] for pair in answer["pairs"]) + answer["rest"]
    assert total == pytest.approx(1.0, abs=1e-9)


def test_the_answer_for_people_puts_warnings_first_and_limits_last() -> None:
    done = RUN.invoke(app, ["localize", str(EXAMPLE)])
    assert done.exit_code == 0
    text = " ".join(done.stdout.split())
    parts = [
        "Red flags",
        "Not asked is not normal",
        "Where the lesion may be",
        "not a cleared medical device",
        "no reason to delay emergency care",
    ]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


@pytest.mark.parametrize("what", WRONG)
def test_wrong_input_is_told_clearly(what: str, tmp_path: Path) -> None:
    text, expected = WRONG[what]
    file = tmp_path / "case.yaml"
    file.write_text(text)
    done = RUN.invoke(app, ["localize", str(file)])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for words in ["case.yaml", *expected]:
        assert words in done.stderr


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(
        "power: [{movement: ankle dorsiflexion, side: left, grade: 7}]\nsensory: [{site: nowhere, side: left, finding: funny}]\nfoo: 1\n"
    )
    done = RUN.invoke(app, ["localize", str(file), "--json"])
    assert done.exit_code == 2
    paths = {fault["path"] for fault in json.loads(done.stdout)["errors"]}
    assert paths >= {"power[0].grade", "sensory[0].site", "sensory[0].finding", "foo"}


def test_one_bad_case_leaves_the_others_their_answers(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    good = {"id": "good", "power": [{"movement": "DF", "side": "left", "grade": "2/5"}]}
    bad = {"id": "bad", "power": [{"movement": "nonsense", "side": "left", "grade": 3}]}
    file.write_text("\n".join(json.dumps(case) for case in (good, bad, {**good, "id": "also"})))
    done = RUN.invoke(app, ["localize", str(file), "--json"])
    assert done.exit_code == 2
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["good", "bad", "also"]
    assert lines[1]["errors"][0]["path"] == "power[0].movement"
    assert lines[0]["ranking"][0]["side"] == "left"


def test_lenient_keeps_what_it_did_not_understand(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("side: left\npower: [{movement: frobnication, grade: 3}, {movement: DF, grade: 2}]")
    done = RUN.invoke(app, ["localize", str(file), "--json", "--lenient"])
    assert done.exit_code == 0
    assert [entry["path"] for entry in json.loads(done.stdout)["unused"]] == ["power[0].movement"]


def test_missing_file_and_wrong_choice() -> None:
    for arguments in (
        ["localize", "no-such-file.yaml"],
        ["localize", str(EXAMPLE), "--prior", "moon"],
        ["localize", str(EXAMPLE), "--map", "moon"],
    ):
        done = subprocess.run([sys.executable, "-m", "lasegue.cli", *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert done.stderr.startswith("lasegue: ")
        assert "Traceback" not in done.stderr


def test_a_note_must_be_a_note(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("Left foot drop. EHL 2/5.")
    for note, told in ((str(file), "is a file"), ("hello there", "nothing was understood")):
        done = subprocess.run(
            [sys.executable, "-m", "lasegue.cli", "localize", "--text", note], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert told in done.stderr


def test_prior_and_map_are_named_and_matter() -> None:
    plain, emergency, foerster = (
        json.loads(RUN.invoke(app, ["localize", str(EXAMPLE), "--json", *more]).stdout)
        for more in ([], ["--prior", "emergency"], ["--map", "foerster"])
    )
    assert plain["prior"] == "specialist"
    assert emergency["prior"] == "emergency"
    assert plain["ranking"] != emergency["ranking"]
    assert plain["ranking"] != foerster["ranking"]


def test_without_a_side_the_rows_say_so(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("power: [{movement: DF, grade: 2}]")
    answer = json.loads(RUN.invoke(app, ["localize", str(file), "--json"]).stdout)
    assert {row["side"] for row in answer["ranking"]} <= {None, "bilateral"}
    assert set(answer["roots"]) == {"unknown"}
