"""Every format that is read, one line each: what `index.readers.detection` finds and who reads it."""

from collections.abc import Iterable

from msgspec import Struct

from index.readers.code import CodeReader
from index.readers.container import Container
from index.readers.data.cards import CardReader
from index.readers.data.config import IniReader, TomlReader
from index.readers.data.delimited import DelimitedReader
from index.readers.data.json import JsonReader
from index.readers.data.xml import XmlReader
from index.readers.data.yaml import YamlReader
from index.readers.light.asciidoc import AsciiDocReader
from index.readers.light.latex import LatexReader
from index.readers.light.org import OrgReader
from index.readers.light.rst import RstReader
from index.readers.mail.reader import MailReader, MboxReader
from index.readers.markdown import MarkdownReader
from index.readers.notebook import NotebookReader
from index.readers.office.docx import DocxReader
from index.readers.office.epub import EpubReader
from index.readers.office.odf import OpenDocumentReader
from index.readers.office.pptx import PptxReader
from index.readers.office.rtf import RtfReader
from index.readers.office.xlsx import XlsxReader
from index.readers.packed.tarred import TarReader
from index.readers.packed.zipped import ZipReader
from index.readers.pages.reader import PageReader, SavedPageReader
from index.readers.pdf.reader import PdfReader
from index.readers.plain import PlainReader
from index.readers.subtitles import SubtitleReader
from index.types import FormatReader


class Format(Struct, frozen=True):
    """A kind of file. name: as documents and the API have it. title: as people call it, with its article.

    suffixes: file name endings, lower case with the dot. binary: its bytes are no text. confined: it is parsed in the
    limited process (`index.readers.sandbox`), as is all that is binary or that a library of others parses.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    reader: FormatReader | Container
    binary: bool = False
    confined: bool = False


_CODE = tuple(
    f".{suffix}"
    for suffix in (
        "py pyi js mjs cjs ts tsx jsx java c h cc cpp hpp cxx cs go rs rb php swift kt kts scala sh bash zsh fish ps1 "
        "bat cmd pl pm lua r jl sql hs ml mli fs ex exs erl clj cljs dart m mm vb f90 f95 pas ada css scss sass less "
        "vue svelte proto graphql gql tf hcl gradle groovy cmake mk nim zig el lisp scm tcl awk vhd v sol asm s"
    ).split()
)

FORMATS = (
    Format("text", "plain text", (".txt", ".text", ".log"), PlainReader()),
    Format("markdown", "Markdown", (".md", ".markdown", ".mdown", ".mkd"), MarkdownReader()),
    Format("html", "an HTML page", (".html", ".htm", ".xhtml", ".shtml"), PageReader(), confined=True),
    Format("mhtml", "a saved web page", (".mht", ".mhtml"), SavedPageReader(), confined=True),
    Format("pdf", "a PDF", (".pdf",), PdfReader(), binary=True, confined=True),
    Format("csv", "a table of comma-separated values", (".csv",), DelimitedReader("csv")),
    Format("tsv", "a table of tab-separated values", (".tsv", ".tab"), DelimitedReader("tsv", "\t")),
    Format("json", "JSON", (".json", ".geojson", ".webmanifest"), JsonReader(), confined=True),
    Format("jsonl", "JSON Lines", (".jsonl", ".ndjson"), JsonReader(lined=True), confined=True),
    Format("yaml", "YAML", (".yaml", ".yml"), YamlReader(), confined=True),
    Format("toml", "TOML", (".toml",), TomlReader(), confined=True),
    Format(
        "xml", "XML", (".xml", ".rss", ".atom", ".xsd", ".fb2", ".gpx", ".kml", ".plist"), XmlReader(), confined=True
    ),
    Format("ics", "a calendar", (".ics",), CardReader("ics")),
    Format("vcf", "address cards", (".vcf",), CardReader("vcf")),
    Format("ini", "a settings file", (".ini", ".cfg", ".conf", ".properties", ".env", ".editorconfig"), IniReader()),
    Format("mail", "a mail", (".eml",), MailReader(), confined=True),
    Format("mbox", "a box of mails", (".mbox", ".mbx"), MboxReader(), confined=True),
    Format("notebook", "a notebook", (".ipynb",), NotebookReader(), confined=True),
    Format("srt", "subtitles", (".srt",), SubtitleReader("srt")),
    Format("vtt", "subtitles", (".vtt",), SubtitleReader("vtt")),
    Format("rst", "reStructuredText", (".rst", ".rest"), RstReader(), confined=True),
    Format("asciidoc", "AsciiDoc", (".adoc", ".asciidoc"), AsciiDocReader(), confined=True),
    Format("latex", "LaTeX", (".tex", ".latex", ".ltx"), LatexReader(), confined=True),
    Format("org", "an Org file", (".org",), OrgReader(), confined=True),
    Format("code", "source code", _CODE, CodeReader(), confined=True),
    Format("zip", "a ZIP archive", (".zip",), ZipReader(), binary=True, confined=True),
    Format("tar", "a gzip archive", (".gz", ".tgz"), TarReader(), binary=True, confined=True),
    Format("docx", "a Word document", (".docx", ".docm", ".dotx", ".dotm"), DocxReader(), binary=True, confined=True),
    Format("pptx", "a presentation", (".pptx", ".pptm", ".potx", ".ppsx"), PptxReader(), binary=True, confined=True),
    Format("xlsx", "a workbook", (".xlsx", ".xlsm", ".xltx", ".xltm"), XlsxReader(), binary=True, confined=True),
    Format("odt", "an OpenDocument text", (".odt", ".ott"), OpenDocumentReader("odt"), binary=True, confined=True),
    Format("ods", "an OpenDocument sheet", (".ods", ".ots"), OpenDocumentReader("ods"), binary=True, confined=True),
    Format(
        "odp", "an OpenDocument slide show", (".odp", ".otp"), OpenDocumentReader("odp"), binary=True, confined=True
    ),
    Format("rtf", "rich text", (".rtf",), RtfReader(), binary=True, confined=True),
    Format("epub", "an e-book", (".epub",), EpubReader(), binary=True, confined=True),
)


def by_name(formats: Iterable[Format] = FORMATS) -> dict[str, Format]:
    """The formats by their names."""
    return {each.name: each for each in formats}


def by_suffix(formats: Iterable[Format] = FORMATS) -> dict[str, Format]:
    """The formats by the endings of their files."""
    return {suffix: each for each in formats for suffix in each.suffixes}
