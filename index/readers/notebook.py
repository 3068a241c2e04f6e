"""Jupyter notebooks: text, code and what the code printed, cell by cell."""

from collections.abc import Iterator, Mapping

from index.errors import DocumentError
from index.readers.container import put
from index.readers.data.json import parsed
from index.readers.markdown import MarkdownReader
from index.readers.writer import TextWriter, Where
from index.types import BlockKind, ParsedFile

_MOST_PRINTED = 4_000  # characters of an output; what is longer is data


class NotebookReader:
    """Reads notebooks of version 3 and later."""

    def read(self, data: bytes, source: str) -> ParsedFile:
        """Raises DocumentError for what is no notebook."""
        try:
            root = parsed(data.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise DocumentError(f"{source}: it is no whole notebook ({error}): save it again.", source) from error
        writer = TextWriter()
        cells = list(_cells(root))
        images = 0
        for number, cell in enumerate(cells, start=1):
            where = f"cell {number}"
            text = _joined(cell.get("source", cell.get("input", "")))
            if cell.get("cell_type") == "markdown":
                put(writer, MarkdownReader().read(text.encode("utf-8", "replace"), source), where)
            elif cell.get("cell_type") == "heading":
                writer.heading(text, int(str(cell.get("level", 1))[:1] or 1), Where(where))
            elif cell.get("cell_type") == "code":
                writer.block(BlockKind.CODE, text, Where(where))
                for output in _listed(cell.get("outputs")):
                    printed = _printed(output)
                    images += not printed and "data" in output
                    writer.block(BlockKind.CODE, printed, Where(f"{where}, output"), reason="output")
            else:
                writer.paragraph(text, Where(where))
        warnings = [f"{images} outputs that are no text (images, widgets) are left out."] if images else []
        return writer.finished("notebook", warnings=warnings, judged=True)


def _cells(root: object) -> Iterator[Mapping[str, object]]:
    if not isinstance(root, Mapping):
        return
    for sheet in [root, *_listed(root.get("worksheets"))]:
        yield from _listed(sheet.get("cells"))


def _listed(value: object) -> Iterator[Mapping[str, object]]:
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, Mapping))


def _printed(output: Mapping[str, object]) -> str:
    """What an output says in plain text, if it is not too long."""
    data = output.get("data")
    text = _joined(data.get("text/plain", "") if isinstance(data, Mapping) else output.get("text", ""))
    if output.get("ename"):
        text = f"{output.get('ename')}: {output.get('evalue', '')}"
    return text if len(text) <= _MOST_PRINTED and not text.startswith("<") else ""


def _joined(value: object) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value)
