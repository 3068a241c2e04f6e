"""The rooms of the house, read from the code: python -m tests.house [--write]

A room is a folder of a package, or a module that lies in none. Prints each with the rooms it imports, those that import
least first; --write puts that into docs/architecture.md, which a test holds to the code.
"""

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

from tests.paths import ROOT

PACKAGES = ("index", "qa", "web")
PAGE = ROOT / "docs" / "architecture.md"
_DRAWING = re.compile(r"(?<=^```rooms\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def modules() -> dict[str, Path]:
    """Our modules by their dotted names."""
    return {_name_of(path): path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))}


def imports() -> dict[str, set[str]]:
    """Of each module, those of ours that it imports; `from package import module` is that module."""
    known = modules()
    return {name: set(_imported(path, known)) - {name} for name, path in known.items()}


def rooms() -> dict[str, set[str]]:
    """Of each room, the rooms that it imports, in an order in which each comes after those. Raises graphlib.CycleError
    where rooms import each other in a circle."""
    arrows: dict[str, set[str]] = {}
    for name, others in imports().items():
        room = room_of(name)
        arrows.setdefault(room, set()).update(room_of(other) for other in others)
    arrows = {room: others - {room} for room, others in arrows.items() if room not in PACKAGES}
    arrows = {room: others - set(PACKAGES) for room, others in arrows.items()}
    order = TopologicalSorter({room: sorted(arrows[room]) for room in sorted(arrows)}).static_order()
    return {room: arrows[room] for room in order}


def room_of(module: str) -> str:
    """`qa.reading` of `qa.reading.spans`, and `qa.pipeline` of itself."""
    return ".".join(module.split(".")[:2])


def drawing() -> str:
    """A line for each room: its name, how many modules it has, and what it imports."""
    sizes: dict[str, int] = {}
    for name, path in modules().items():
        if path.name != "__init__.py" or path.stat().st_size > 0:
            sizes[room_of(name)] = sizes.get(room_of(name), 0) + 1
    lines = []
    for room, others in rooms().items():
        told = f"{room} ({sizes[room]})" if sizes[room] > 1 else room
        lines.append(f"{told} <- {' '.join(sorted(others))}" if others else told)
    return "".join(f"{line}\n" for line in lines)


def drawn() -> str:
    """The drawing as it stands in docs/architecture.md."""
    found = _DRAWING.search(PAGE.read_text(encoding="utf-8"))
    return found[0] if found else ""


def _name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(path: Path, known: dict[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                if full in known or node.module in known:
                    yield full if full in known else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)


def main(arguments: list[str]) -> None:
    text = drawing()
    if "--write" in arguments:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(_DRAWING.sub(lambda _: text, page), encoding="utf-8")
    arrows = sum(map(len, rooms().values()))
    sys.stdout.write(f"{text}\n{len(rooms())} rooms, {arrows} arrows, {len(modules())} modules\n")


if __name__ == "__main__":
    main(sys.argv[1:])
