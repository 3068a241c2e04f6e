"""Small PDFs for tests: pages of text at given places, written by hand."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 595, 842
_FONTS = {"F": "Helvetica", "B": "Helvetica-Bold"}


class Words(NamedTuple):
    """Text at `x`, `y` (from the top) in points. turn: quarters that it is turned counter-clockwise. mode: how it is
    rendered, 3 invisible."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False
    turn: int = 0
    mode: int = 0


class Stroke(NamedTuple):
    """A line from the one corner to the other, from the top left of the page."""

    x: float
    y: float
    to_x: float
    to_y: float


Page = Sequence[Words | Stroke]


def paragraph(x: float, y: float, lines: Sequence[str], size: float = 10, leading: float = 12) -> list[Words]:
    """Lines below each other."""
    return [Words(x, y + number * leading, line, size) for number, line in enumerate(lines)]


def pdf(
    pages: Sequence[Page],
    info: Mapping[str, str] | None = None,
    outline: Sequence[tuple[str, int]] = (),
    rotate: int = 0,
) -> bytes:
    """outline: titles with the index of their page. rotate: degrees that pages are turned clockwise to be looked at."""
    objects: list[bytes] = []

    def add(body: str | bytes) -> int:
        objects.append(body if isinstance(body, bytes) else body.encode("cp1252"))
        return len(objects)

    catalog, tree = add(""), add("")
    encoding = "/Encoding /WinAnsiEncoding"
    fonts = {
        key: add(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} {encoding} >>") for key, name in _FONTS.items()
    }
    resources = "<< /Font << " + " ".join(f"/{key} {number} 0 R" for key, number in fonts.items()) + " >> >>"
    kids = []
    for page in pages:
        content = "\n".join(_drawn(each) for each in page).encode("cp1252")
        stream = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(
            add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotate} "
                f"/Resources {resources} /Contents {stream} 0 R >>"
            )
        )
    objects[tree - 1] = (
        f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    )
    root = f"<< /Type /Catalog /Pages {tree} 0 R"
    if outline:
        top = len(objects) + 1
        entries = [top + 1 + number for number in range(len(outline))]
        add(f"<< /Type /Outlines /First {entries[0]} 0 R /Last {entries[-1]} 0 R /Count {len(entries)} >>")
        for number, (title, page_index) in enumerate(outline):
            after = f"/Next {entries[number + 1]} 0 R" if number + 1 < len(entries) else ""
            add(f"<< /Title ({_escaped(title)}) /Parent {top} 0 R {after} /Dest [{kids[page_index]} 0 R /Fit] >>")
        root += f" /Outlines {top} 0 R"
    objects[catalog - 1] = f"{root} >>".encode()
    stated = "".join(f" /{key} ({_escaped(value)})" for key, value in (info or {}).items())
    return _file(objects, catalog, add(f"<<{stated} >>"))


def _drawn(each: Words | Stroke) -> str:
    if isinstance(each, Stroke):
        return f"{each.x} {HEIGHT - each.y} m {each.to_x} {HEIGHT - each.to_y} l S"
    cosine, sine = ((1, 0), (0, 1), (-1, 0), (0, -1))[each.turn]
    font = "B" if each.bold else "F"
    place = f"{cosine} {sine} {-sine} {cosine} {each.x} {HEIGHT - each.y} Tm"
    return f"BT /{font} {each.size} Tf {each.mode} Tr {place} ({_escaped(each.text)}) Tj ET"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(objects: Sequence[bytes], root: int, info: int) -> bytes:
    data = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\n" % (len(objects) + 1, root, info)
    return bytes(data + b"startxref\n%d\n%%%%EOF\n" % start)
