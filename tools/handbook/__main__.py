"""`python -m handbook` writes the reference pages and the shown output; `python -m handbook figures` the measured figures."""

import sys

from handbook import blocks, reference


def main() -> None:
    """Write what was asked for."""
    if sys.argv[1:] == ["figures"]:
        blocks.fill_figures()
        return
    for path, text in reference.pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    blocks.fill_examples()


main()
