"""The house plan, as a test: which room may import which, who may use which library, and how large a thing may grow."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "lasegue"
FILES = sorted(PACKAGE.rglob("*.py"))

# Ground floor first. A room may import rooms on lower floors only: never its neighbour, never upwards.
FLOORS: list[set[str]] = [
    {"errors", "version"},
    {"knowledge"},
    {"names"},
    {"case", "wiring"},
    {"model"},
    {"inference", "kernel"},
    {"explain", "suggest", "counterfactual", "redflags"},
    {"assess"},
    {"atlas", "notes", "batch"},
    {"ledger", "simulate", "evaluate", "report", "learn", "fhir"},
    {"web"},
    {"cli"},
]
FLOOR = {room: n for n, rooms in enumerate(FLOORS) for room in rooms}
FRONT_DOOR = {"__init__", "__main__"}

# third-party library -> the only rooms that may import it
ABOVE_ERRORS = set(FLOOR) - FLOORS[0]
WITH_ARRAYS = {room for room, n in FLOOR.items() if n >= FLOOR["wiring"]} - {"case"}
LIBRARIES: dict[str, set[str]] = {
    "msgspec": ABOVE_ERRORS,
    "numpy": WITH_ARRAYS,
    "numba": {"inference", "kernel", "batch"},
    "yaml": {"knowledge", "case", "evaluate", "notes"},
    "pydantic": {"case", "web"},
    "rapidfuzz": {"names"},
    "pyarrow": {"batch", "simulate", "evaluate"},
    "resvg_py": {"atlas"},
    "typst": {"atlas"},
    "click": {"cli"},
    "rich": {"report", "cli"},
    "fastapi": {"web"},
    "uvicorn": {"web"},
}
MOST_LINES_OF_A_FUNCTION = 40
MOST_LINES_OF_A_FILE = 400
NAMELESS = {"utils", "util", "common", "helpers", "helper", "misc"}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def place(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every import of a file, wherever it stands in it: (line, dotted name); a relative import begins with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{'.' * node.level}{node.module or ''}.{alias.name}") for alias in node.names)


def import_faults(room: str, tree: ast.AST) -> Iterator[str]:
    for line, name in imports(tree):
        top, _, rest = name.partition(".")
        other = rest.split(".")[0]
        if name.startswith("."):
            yield f"{line}: write imports in full, not relative"
        elif top == PACKAGE.name:
            # `from lasegue import x` for a name that is no room would go round by the front door
            if room not in FRONT_DOOR and other != room and FLOOR.get(other, 99) >= FLOOR[room]:
                yield f"{line}: {room} must not import {other or 'the front door'}"
        elif top not in sys.stdlib_module_names and room not in LIBRARIES.get(top, ()):
            yield f"{line}: {room} must not use {top}"


def long_functions(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if size > MOST_LINES_OF_A_FUNCTION:
                yield f"{node.lineno}: {node.name} has {size} lines"


def test_there_is_something_to_check() -> None:
    assert FILES, f"no Python file under {PACKAGE}"


def test_every_file_stands_on_a_floor() -> None:
    assert FILES
    assert [place(p) for p in FILES if room_of(p) not in set(FLOOR) | FRONT_DOOR] == []


def test_data_flows_one_way() -> None:
    assert FILES
    known = [p for p in FILES if room_of(p) in set(FLOOR) | FRONT_DOOR]
    assert [f"{place(p)}:{fault}" for p in known for fault in import_faults(room_of(p), ast.parse(p.read_text()))] == []


def test_functions_are_short() -> None:
    assert FILES
    assert [f"{place(p)}:{fault}" for p in FILES for fault in long_functions(ast.parse(p.read_text()))] == []


def test_files_are_short() -> None:
    assert FILES
    sizes = {place(p): len(p.read_text().splitlines()) for p in FILES}
    assert {name: n for name, n in sizes.items() if n > MOST_LINES_OF_A_FILE} == {}


def test_rooms_are_named_for_what_they_hold() -> None:
    assert FILES
    assert [place(p) for p in FILES if NAMELESS & {part.removesuffix(".py") for part in p.relative_to(PACKAGE).parts}] == []


def test_the_floors_would_be_noticed() -> None:
    """The checks themselves find a planted fault of each kind."""
    planted = ast.parse("import lasegue.cli\nfrom lasegue.model import x\nfrom . import y\nimport yaml\nimport json\nimport lasegue.errors")
    assert list(import_faults("wiring", planted)) == [
        "1: wiring must not import cli",
        "2: wiring must not import model",
        "3: write imports in full, not relative",
        "4: wiring must not use yaml",
    ]
    long = ast.parse("def f():\n" + "    x = 1\n" * MOST_LINES_OF_A_FUNCTION)
    assert list(long_functions(long)) == [f"1: f has {MOST_LINES_OF_A_FUNCTION + 1} lines"]
