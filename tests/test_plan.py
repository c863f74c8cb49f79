"""The plan for a hospital network follows from the measured figures, and from nothing else."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "benchmarks" / "plan.py"
PAGE = """| patients | processes | rows a second |
|---|---|---|
| 100 | 1 | 1,000.0 |
| 200 | 2 | 1,800.0 |

| patients | rows a second |
|---|---|
| 5 | 9,999 |
"""


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("plan", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["plan"] = module
    spec.loader.exec_module(module)
    return module


def test_the_page_is_filled_from_the_page_of_figures(script: ModuleType) -> None:
    page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    assert script.filled(page, (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")) == page, "run `make bench`"


def test_the_best_batch_counts_and_the_sums_are_right(script: ModuleType) -> None:
    speed = script.measured(PAGE)
    assert (speed.rows, speed.processes) == (1800.0, 2)
    told = script.plan(speed, script.Assumptions(cases=31_536_000.0, busy=3.0, used=0.5, price=0.9))
    rows = {line.split(" | ")[0].strip("| "): line.rstrip(" |").rsplit(" | ", 1)[1] for line in told.splitlines() if line}
    assert rows["mean load"] == "1.0 cases a second"
    assert rows["core hours for a million"] == "0.31 at work, 0.62 paid"  # 10⁶ / 900 / 3600, twice that where half is idle
    assert rows["cost of a million"] == "0.556 dollars"
    assert rows["cost of a year"] == "18 dollars"


def test_other_assumptions_are_printed_and_wrong_ones_refused() -> None:
    def called(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False)

    assert "| price of a core hour, in dollars | 0.5 |" in called("price=0.5").stdout
    wrong = called("prize=3")
    assert wrong.returncode != 0
    assert "prize" in wrong.stderr
    assert "Traceback" not in wrong.stderr
