"""What a start loads: modules, not seconds, so that the test says the same on every machine."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lasegue import ledger, model, redflags
from lasegue.knowledge.ready import FOLDER, MARK_SIZE, mark
from lasegue.names import lexicon
from lasegue.suggest import sheets

ROOT = Path(__file__).parents[1]
EXAMPLE = str(ROOT / "examples" / "foot-drop.yaml")
LIBRARIES = {
    "import": set(),
    "version": {"click", "msgspec", "numpy"},
    "localize": {"click", "msgspec", "numpy", "yaml"},
}
"""The libraries that each may load, and nothing else that is not Python's own."""
BESIDE_THEM = {"typing_extensions", "cython_runtime"}
"""What these libraries themselves load in some versions."""
CODE = {
    "import": "import lasegue",
    "version": "from lasegue.cli import app; app(['--version'], standalone_mode=False)",
    "localize": f"from lasegue.cli import app; app(['localize', {EXAMPLE!r}, '--json'], standalone_mode=False)",
}
ROOMS_OF_IMPORT = {"lasegue", "lasegue.errors", "lasegue.version"}
NOT_FOR_A_CASE = {"lasegue." + room for room in ("atlas", "batch", "evaluate", "ledger", "notes", "report", "simulate", "web")}
SLOW_OF_NUMPY = {"numpy.ma", "numpy.polynomial", "numpy.testing", "numpy.fft"}
SLOW_OF_PYTHON = {"asyncio", "concurrent.futures", "email", "http", "importlib.metadata", "multiprocessing", "unittest", "xml"}


def modules_after(code: str) -> set[str]:
    bare = "import sys; before = set(sys.modules)"
    told = f"{bare}\n{code}\nimport json; print(); print(json.dumps(sorted(set(sys.modules) - before)))"
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r})\n{told}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def loaded() -> dict[str, set[str]]:
    return {what: modules_after(code) for what, code in CODE.items()}


@pytest.mark.parametrize("what", CODE)
def test_no_other_library_is_loaded(what: str, loaded: dict[str, set[str]]) -> None:
    tops = {name.partition(".")[0] for name in loaded[what]} - set(sys.stdlib_module_names) - {"lasegue"}
    named = {top for top in tops if not top.startswith("_")} - BESIDE_THEM  # nor a C part beside its library, such as `_yaml`
    assert named <= LIBRARIES[what]
    assert LIBRARIES[what] <= named, "the list allows more than is loaded"


def test_importing_lasegue_loads_no_room(loaded: dict[str, set[str]]) -> None:
    assert {name for name in loaded["import"] if name.partition(".")[0] == "lasegue"} == ROOMS_OF_IMPORT


@pytest.mark.parametrize("what", CODE)
def test_no_slow_part_of_python_or_numpy_is_loaded(what: str, loaded: dict[str, set[str]]) -> None:
    assert loaded[what] & (SLOW_OF_PYTHON | SLOW_OF_NUMPY) == set()


def test_a_case_is_answered_without_the_rooms_that_it_does_not_need(loaded: dict[str, set[str]]) -> None:
    assert loaded["localize"] & NOT_FOR_A_CASE == set()


def test_the_cold_command_reads_what_was_built_beforehand() -> None:
    """No table is built at a start: the packaged names, model, candidates, rules and measured claims are made of these sources."""
    rooms = {"names": lexicon.ROOMS, "model": model.ROOMS, "book": sheets.ROOMS, "claims": ledger.ROOMS, "net": redflags.ROOMS}
    written = {name: (FOLDER / f"{name}.pickle").read_bytes()[:MARK_SIZE] for name in rooms}
    assert written == {name: mark(of) for name, of in rooms.items()}
