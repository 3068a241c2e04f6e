"""E-books (EPUB): their chapters in the order in which they are read."""

from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from index.errors import DocumentError
from index.readers.office.package import Package, child, parse_xml, stated
from index.readers.pages.blocks import PageBlocks
from index.readers.pages.reader import decoded
from index.readers.pages.tree import parse
from index.readers.writer import TextWriter, Where
from index.types import Metadata, ParsedFile

_CONTAINER = "META-INF/container.xml"
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_LONGEST_LABEL = 80


class EpubReader:
    """Reads e-books that are not protected."""

    @property
    def suffixes(self) -> frozenset[str]:
        return frozenset({".epub"})

    def read(self, data: bytes, source: str) -> ParsedFile:
        with Package(data, source) as package:
            return _Book(package).read()


class _Book:
    """A book that is being read."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._source = package.source
        self._check_protection()
        container = self._xml(_CONTAINER)
        found = next(container.iter("rootfile"), None)
        self._opf = unquote(found.get("full-path", "")) if found is not None else ""
        self._root = self._xml(self._opf)
        self._folder = dirname(self._opf)
        manifest = child(self._root, "manifest")
        self._items = {each.get("id", ""): each for each in (manifest if manifest is not None else ())}

    def read(self) -> ParsedFile:
        """All chapters; those that stand beside the order of reading come last."""
        spine = child(self._root, "spine")
        order = list(spine) if spine is not None else []
        order.sort(key=lambda each: each.get("linear") == "no")
        names = self._contents()
        writer = TextWriter()
        warnings = []
        for number, each in enumerate(order, 1):
            item = self._items.get(each.get("idref", ""))
            if item is None or item.get("media-type") not in _PAGES or "nav" in item.get("properties", "").split():
                continue
            part = self._part(item.get("href", ""))
            if not self._package.has(part):
                warnings.append(f"A chapter is missing in it: {part}.")
                continue
            page = parse(decoded(self._package.bytes(part), f"{self._source}: {part}"), self._source)
            writer.at(Where(names.get(part) or f"chapter {number}"))
            writer.leave(1)
            PageBlocks(writer, page.body).write(title=False)
        return writer.finished("epub", self._metadata(), warnings)

    def _xml(self, name: str) -> Element:
        return parse_xml(self._package.bytes(name), name, self._source, doctype=True)

    def _part(self, href: str) -> str:
        path = unquote(urlsplit(href).path)
        return normpath(join(self._folder, path)) if path else ""

    def _check_protection(self) -> None:
        """Raises DocumentError for a book that only its shop's programs open."""
        name = "META-INF/encryption.xml"
        if self._package.has("META-INF/rights.xml") or self._package.has(name):
            root = self._xml(name) if self._package.has(name) else None
            methods = [each.get("Algorithm", "") for each in root.iter("EncryptionMethod")] if root is not None else []
            if any(method not in _FONTS for method in methods):
                raise DocumentError(
                    f"{self._source}: this e-book is protected (DRM): only its shop's programs can open it.",
                    self._source,
                )

    def _contents(self) -> dict[str, str]:
        """What the book's table of contents calls each of its files: its first entry there."""
        names: dict[str, str] = {}
        for item in self._items.values():
            is_ncx = item.get("media-type") == "application/x-dtbncx+xml"
            is_nav = "nav" in item.get("properties", "").split()
            part = self._part(item.get("href", ""))
            if (is_ncx or is_nav) and self._package.has(part):
                folder = dirname(part)
                for href, name in _of_ncx(self._xml(part)) if is_ncx else self._of_nav(part):
                    path = unquote(urlsplit(href).path)
                    if path and name:
                        names.setdefault(normpath(join(folder, path)), name[:_LONGEST_LABEL])
        return names

    def _of_nav(self, part: str) -> list[tuple[str, str]]:
        page = parse(decoded(self._package.bytes(part), f"{self._source}: {part}"), self._source)
        links = (each for each in page.body.walk() if each.tag == "a")
        return [(each.get("href"), " ".join(each.text().split())) for each in links]

    def _metadata(self) -> Metadata:
        said: dict[str, str] = {}
        metadata = child(self._root, "metadata")
        for each in metadata.iter() if metadata is not None else ():
            said.setdefault(each.tag, " ".join("".join(each.itertext()).split()))
        date = said.get("date", "")
        date = date if len(date) >= 10 else ""
        return stated(said.get("title", ""), said.get("creator", ""), date, said.get("publisher", ""))


def _of_ncx(root: Element) -> list[tuple[str, str]]:
    found = []
    for point in root.iter("navPoint"):
        label, content = child(point, "navLabel", "text"), child(point, "content")
        if label is not None and content is not None:
            found.append((content.get("src", ""), " ".join((label.text or "").split())))
    return found
