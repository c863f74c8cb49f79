"""Measures how fast notes are read: `python benchmarks/notes.py`. CPU time, the best of some tries, each in a fresh process.

A new note is one whose words the process has not met: every process first reads the short sentences of the tests, then the longer
notes and the published texts once (new), then once more (met). A letter is twenty published texts under one another.
"""

import subprocess
import sys
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from lasegue.evaluate.benchmark import benchmark
from lasegue.notes import read

TRIES = 5


def texts(name: str) -> list[str]:
    """The notes of a corpus of the tests."""
    return [str(one["text"]) for one in yaml.safe_load((ROOT / "tests" / name).read_text(encoding="utf-8"))]


def took(notes: list[str]) -> float:
    """CPU seconds to read some notes."""
    start = time.process_time()
    for note in notes:
        read(note)
    return time.process_time() - start


def measure() -> tuple[float, float, float]:
    """New notes a second, notes met before a second, and a letter in milliseconds."""
    published = [str(case["text"]) for case in benchmark()]
    letter = "\n".join(published[:20])
    took(texts("note_sentences.yaml"))
    notes = [*texts("note_pages.yaml"), *texts("note_pages_later.yaml"), *published]
    new, met = took(notes), took(notes)
    return len(notes) / new, len(notes) / met, 1e3 * min(took([letter]) for _ in range(TRIES))


if __name__ == "__main__":
    if "--once" in sys.argv:
        sys.stdout.write(" ".join(f"{figure:.3f}" for figure in measure()))
    else:
        once = [sys.executable, __file__, "--once"]
        runs = [subprocess.run(once, capture_output=True, text=True, check=True).stdout.split() for _ in range(TRIES)]
        new, met, letter = zip(*([float(figure) for figure in one] for one in runs), strict=True)
        sys.stdout.write(f"new notes a second {max(new):.0f}\nnotes met before a second {max(met):.0f}\n")
        sys.stdout.write(f"letter, warm, ms {min(letter):.0f}\n")
