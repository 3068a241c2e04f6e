"""The parts of an office document: a ZIP archive of XML, parsed so that nothing in it can do harm."""

import re
from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from msgspec import Struct

from index.errors import DocumentError
from index.readers.archive import member, open_archive
from index.types import Field, Metadata

_DOCTYPE = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y")
_ENTITY = re.compile(rb"<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y")
_JUNK_TITLE = re.compile(
    r"(?:Microsoft \w+ - |(?:Document|Presentation|Book|Untitled|Slide) ?\d*\Z|PowerPoint)", re.IGNORECASE
)
_PROGRAM = re.compile(r"(?:python-\w+|openpyxl|Microsoft Office User|Apache POI|user|admin)\Z", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class PartLimits(Struct, frozen=True):
    """tree: bytes of a part that is read whole. streamed: of one that is read row by row. depth: elements in each other
    that are followed. By hand, 2026-11-30: in 512 MB a tree takes ten times its text."""

    tree: int = 40_000_000
    streamed: int = 400_000_000
    depth: int = 60


LIMITS = PartLimits()


class Package:
    """An office document's archive. Closes with the context."""

    def __init__(self, data: bytes, source: str) -> None:
        self.source = source
        self._archive = open_archive(data, source)
        self._names = set(self._archive.namelist())

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def names(self) -> list[str]:
        """Its parts, sorted."""
        return sorted(self._names)

    def has(self, name: str) -> bool:
        """Whether it has this part."""
        return name in self._names

    def bytes(self, name: str, limit: int = LIMITS.tree) -> bytes:
        """A part's bytes. Raises DocumentError if it is damaged or too long to be read."""
        if name not in self._names:
            raise DocumentError(f"{self.source}: {name} is missing: the file is damaged. Save it again.", self.source)
        if self._archive.getinfo(name).file_size > limit:
            raise DocumentError(
                f"{self.source}: {name} holds more than {limit:,} bytes: split the document, or save it as text.",
                self.source,
            )
        return member(self._archive, name, self.source)

    def tree(self, name: str) -> Element:
        """A part's elements, named without their namespaces. Raises DocumentError."""
        return parse_xml(self.bytes(name), name, self.source)

    def optional(self, name: str) -> Element | None:
        """The same, None where there is no such part."""
        return self.tree(name) if name in self._names else None

    def related(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """What a part refers to, by id: its kind, its target (a part, or an address), and whether that is outside."""
        folder, _, file = name.rpartition("/")
        rels = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        found = {}
        root = self.optional(rels)
        for each in root if root is not None else ():
            target, outside = each.get("Target", ""), each.get("TargetMode") == "External"
            if not outside:
                target = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(name), target))
            found[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], target, outside)
        return found

    def main(self, default: str) -> str:
        """The name of the part that the document begins with."""
        targets = (target for kind, target, _ in self.related("").values() if kind == "officeDocument")
        return next((target for target in targets if target in self._names), default)

    def properties(self) -> Metadata:
        """What docProps/core.xml says."""
        root = self.optional("docProps/core.xml")
        said: dict[str, str] = {}
        for each in root if root is not None else ():
            said.setdefault(each.tag, " ".join("".join(each.itertext()).split()))
        return stated(said.get("title", ""), said.get("creator", ""), said.get("modified") or said.get("created", ""))


def stated(title: str, author: str, date: str, publisher: str = "") -> Metadata:
    """Metadata that stands beside the text. A title that only a program gave is none."""
    day = _DAY.match(date)
    title = "" if _JUNK_TITLE.match(title) else title
    author = "" if _PROGRAM.match(author) else author
    return Metadata(
        title=Field(title[:300], 0, 0) if title else None,
        author=Field(author[:300], 0, 0) if author else None,
        date=Field(day[0], 0, 0) if day and day[0] > "1981" else None,
        publisher=Field(publisher[:300], 0, 0) if publisher else None,
    )


def parse_xml(data: bytes, name: str, source: str, *, doctype: bool = False) -> Element:
    """The elements of an XML file, named without their namespaces; attributes, too, but for `r:`, that of relations.
    Raises DocumentError for what is no XML, and for one that declares entities. doctype: one is allowed, not read."""
    if (_ENTITY if doctype else _DOCTYPE).search(data):
        raise DocumentError(
            f"{source}: {name} declares a document type, which documents of this kind do not and attacks do.", source
        )
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise DocumentError(f"{source}: {name} is damaged ({error}): save the document again.", source) from error
    for element in root.iter():
        plain(element)
    return root


def plain(element: Element) -> None:
    """Takes the namespaces off an element's name and attributes."""
    if isinstance(element.tag, str):
        element.tag = element.tag.rpartition("}")[2]
    if element.attrib:
        renamed = {}
        for key, value in element.attrib.items():
            space, _, local = key.rpartition("}")
            renamed[f"r:{local}" if space.endswith("/relationships") else local] = value
        element.attrib.clear()
        element.attrib.update(renamed)


def stream(data: bytes, name: str, source: str, ends: frozenset[str]) -> Iterator[Element]:
    """The elements of these names, each once it has ended; it is let go of afterwards. Raises DocumentError."""
    if _DOCTYPE.search(data):
        raise DocumentError(f"{source}: {name} declares a document type, which no such document does.", source)
    path: list[Element] = []
    try:
        for event, element in ElementTree.iterparse(BytesIO(data), ("start", "end")):
            if event == "start":
                path.append(element)
                continue
            path.pop()
            plain(element)
            if element.tag in ends:
                yield element
                if path:
                    path[-1].remove(element)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise DocumentError(f"{source}: {name} is damaged ({error}): save the document again.", source) from error


def child(element: Element | None, *names: str) -> Element | None:
    """The element that these names lead to, None where one is missing."""
    for name in names:
        element = element.find(name) if element is not None else None
    return element


def value(element: Element | None, *names: str, attribute: str = "val", default: str = "") -> str:
    """An attribute of the element that these names lead to."""
    found = child(element, *names)
    return default if found is None else found.get(attribute, default)


def is_on(element: Element | None, *names: str) -> bool:
    """Whether a switch (`<w:vanish/>`) is there and on."""
    found = child(element, *names)
    return found is not None and found.get("val", "1") not in {"0", "false", "off", "none"}
