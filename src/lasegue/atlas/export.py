"""Plates as files: SVG as it is, PNG through resvg, PDF through typst; neither needs a display."""

import re
from pathlib import Path

from lasegue.errors import LasegueError


class MissingLibrary(LasegueError):
    """A library that draws this format is not installed."""


def _fitting(svg: str) -> int:
    """Pixels across, so that the plate is at most 1600 wide and 2000 high."""
    found = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', svg)
    if found is None:
        return 1600
    across, down = (float(v) for v in found.groups())
    return round(min(1600.0, 2000.0 * across / down))


def png(svg: str, *, width: int | None = None) -> bytes:
    """The plate as PNG, `width` pixels across; without a width as large as a screen has use for."""
    try:
        import resvg_py
    except ImportError as error:
        raise MissingLibrary("PNG needs resvg-py: pip install resvg-py") from error
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width or _fitting(svg)))


def pdf(svg: str) -> bytes:
    """The plate as a one-page PDF of the picture's own shape, 18 cm wide."""
    try:
        import typst
    except ImportError as error:
        raise MissingLibrary("PDF needs typst: pip install typst") from error
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "plate.svg").write_text(svg, encoding="utf-8")
        page = Path(folder) / "page.typ"
        page.write_text('#set page(width: 18cm, height: auto, margin: 0pt)\n#image("plate.svg", width: 100%)\n', encoding="utf-8")
        return bytes(typst.compile(page))


def save(svg: str, path: str | Path) -> None:
    """Write a plate in the format that the file's ending names: .svg, .png or .pdf."""
    target = Path(path)
    ending = target.suffix.lower()
    if ending == ".svg":
        target.write_text(svg, encoding="utf-8")
    elif ending == ".png":
        target.write_bytes(png(svg))
    elif ending == ".pdf":
        target.write_bytes(pdf(svg))
    else:
        raise ValueError(f"a plate is .svg, .png or .pdf, not {ending or 'a file without ending'}")
