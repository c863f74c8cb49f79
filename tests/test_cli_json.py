"""The keys of every command's JSON: frozen, as promised to people who script against the program, and each one documented."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from handbook import keys
from lasegue.cli import app

ROOT = Path(__file__).parents[1]
EXAMPLE = str(ROOT / "examples" / "foot-drop.yaml")
OPTIONAL = {"show": {"found[].sources[].doi", "found[].sources[].pmid"}, "simulate": {"other_side[].kept"}}
# A key leaves this file only with a new version of its object's format; new keys are added to it.
FROZEN: dict[str, set[str]] = {}
for _line in (Path(__file__).parent / "json_keys.txt").read_text(encoding="utf-8").splitlines():
    _command, _, _path = _line.partition(": ")
    FROZEN.setdefault(_command, set()).add(_path)
CASES = """
- {id: one, age: 50, side: left, power: [{movement: EHL, grade: 2}], reflexes: [{reflex: ankle, finding: brisk}],
   pain: [{site: calf with frobs}], history: [blue shoes],
   text: "Left foot drop. EHL 2/5. No back pain.", gold: {lesions: [root.L5], side: left}, meta: {evidence: rich, source_kind: report}}
- {id: two, age: 14, side: left, power: [{movement: ankle dorsiflexion, grade: 2}], gold: {lesions: [root.L5]}, meta: {evidence: sparse}}
"""


def answers(*arguments: str, status: int = 0, given: str | None = None) -> list[object]:
    done = CliRunner().invoke(app, [*arguments, "--json"], input=given, catch_exceptions=False)
    assert done.exit_code == status, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def calls(folder: Path) -> dict[str, list[object]]:
    """Answers of every command that between them show every key that is always there."""
    cases = folder / "cases.yaml"
    cases.write_text(CASES)
    return {
        "localize": answers("localize", EXAMPLE) + answers("localize", str(cases), "--from-text"),
        "localize, a case that cannot be read": answers("localize", "-", status=2, given="age: old"),
        "simulate": answers("simulate", "root.S1") + answers("simulate", "central.spinal_cord", "--side", "left", "--severity", "severe"),
        "simulate --cohort": answers("simulate", "--cohort", "2", "--out", str(folder / "drawn.csv")),
        "batch": answers("batch", str(folder / "drawn.csv"), str(folder / "drawn.jsonl"), "--processes", "1"),
        "compare": answers("compare", "root.L5", "nerve.common_peroneal"),
        "show": answers("show", "slr") + answers("show", "ankle") + answers("show", "tibialis anterior") + answers("show", "L5"),
        "table": [one for name in ("roots", "nerves", "reflexes", "myotomes") for one in answers("table", name)],
        "claims": answers("claims", "--root", "S1"),
        "evaluate": answers("evaluate", str(cases), "--settings"),
        "evaluate --simulated": answers("evaluate", "--simulated", "3", "--per-family", "1"),
        "evaluate --cohort": answers("evaluate", "--cohort", str(folder / "drawn.csv")),
        "evaluate --from-text": answers("evaluate", str(cases), "--from-text"),
        "read": answers("read", "-", given="Left foot drop. EHL 2/5. Gurgle. Ankle jerk absent. Ankle jerk brisk."),
    }


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    made = calls(tmp_path_factory.mktemp("calls"))
    return {command: {path for one in found for path in keys.paths(one, keys.documented(command))} for command, found in made.items()}


@pytest.mark.parametrize("command", keys.COMMANDS)
def test_every_key_is_documented(command: str) -> None:
    assert FROZEN[command] == set(keys.documented(command))


@pytest.mark.parametrize("command", keys.COMMANDS)
def test_no_answer_has_other_keys(command: str, seen: dict[str, set[str]]) -> None:
    assert seen[command] - FROZEN[command] == set()


@pytest.mark.parametrize("command", keys.COMMANDS)
def test_the_keys_of_an_object_are_all_there(command: str, seen: dict[str, set[str]]) -> None:
    """Keys that only some answers have are those of entries that a list may lack, and these few."""
    top = {path for path in FROZEN[command] if not {".", "["} & set(path)}
    assert top <= seen[command]
    held = {path.rpartition(".")[0] for path in seen[command]}
    missing = {path for path in FROZEN[command] - seen[command] if path.rpartition(".")[0] in held}
    assert missing <= OPTIONAL.get(command, set())
