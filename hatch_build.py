"""Build hook: the knowledge is read, typed and compiled into the package, so that an installed Lasegue starts without YAML."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "lasegue"


@contextmanager
def beside_the_front_door(package: Path) -> Iterator[None]:
    """Rooms of the package at `package` without its front door, which imports libraries that a build environment lacks."""
    bare = ModuleType(PACKAGE)
    bare.__path__ = [str(package)]
    before = {name: module for name, module in sys.modules.items() if name.split(".")[0] == PACKAGE}
    for name in before:
        del sys.modules[name]
    sys.modules[PACKAGE] = bare
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
            del sys.modules[name]
        sys.modules.update(before)


def compile_knowledge(package: Path) -> Path:
    """Write `knowledge/compiled.json` beside the data files of the package at `package`."""
    with beside_the_front_door(package):
        from lasegue.knowledge.loader import write_compiled

        return write_compiled(package / "knowledge")


def prepare_start(package: Path) -> None:
    """Write `knowledge/ready/`: names, model, candidates, rules and measured claims as a start needs them, so that it builds none."""
    with beside_the_front_door(package):
        from lasegue import ledger, model, redflags
        from lasegue.names import lexicon
        from lasegue.suggest import sheets

        for room in (lexicon, model, sheets, redflags, ledger):
            room.prepare()


class CompileKnowledge(BuildHookInterface[Any]):
    """Runs before every build, the editable one too."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the knowledge of this source tree, and what a start makes of it."""
        make_ready(Path(self.root))


def make_ready(root: Path) -> None:
    """All that a start reads, of the source tree at `root`."""
    package = root / "src" / PACKAGE
    compile_knowledge(package)
    prepare_start(package)


if __name__ == "__main__":
    make_ready(Path(__file__).parent)
