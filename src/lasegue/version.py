"""The version of the program, where asking for it loads nothing."""

from typing import Final

__version__: Final = "0.1.0"
