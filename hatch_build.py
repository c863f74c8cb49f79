"""Build hook: the knowledge is read, typed and compiled into the package, so that an installed Lasegue starts without YAML."""

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "lasegue"


def compile_knowledge(package: Path) -> Path:
    """Write `knowledge/compiled.json` beside the data files of the package at `package`."""
    # The front door of the package imports libraries that a build environment lacks: walk in beside it.
    bare = ModuleType(PACKAGE)
    bare.__path__ = [str(package)]
    before = {name: module for name, module in sys.modules.items() if name.split(".")[0] == PACKAGE}
    for name in before:
        del sys.modules[name]
    sys.modules[PACKAGE] = bare
    try:
        from lasegue.knowledge.loader import COMPILED, compiled

        target = package / "knowledge" / COMPILED
        target.write_bytes(compiled(package / "knowledge" / "data"))
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
            del sys.modules[name]
        sys.modules.update(before)
    return target


class CompileKnowledge(BuildHookInterface[Any]):
    """Runs before every build, the editable one too."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the knowledge of this source tree."""
        compile_knowledge(Path(self.root) / "src" / PACKAGE)
