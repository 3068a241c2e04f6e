"""Do the same documents in other formats answer as well as their texts?

    python -m tests.bench.seed_formats [--seeds FOLDER] [--questions FILE] [--only pdf-one --only pdf-two ...]

The seeds are written anew in each format from the blocks and sentences that reading their texts gives; each set is
indexed by itself in a folder of its own and asked the same questions. Evidence is compared by its words, since offsets
differ: hit@1 is the first passage, first and any are citations. page: of the replies whose first citation is right, how
many name the page on which the original file has these words (of PDFs: looked up by PDFium's own text).
"""

import html
import re
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from msgspec import Struct, json

from index.readers import read
from index.sentences.markup import display
from index.sentences.segmenter import split_sentences
from index.types import BlockKind, Document
from qa.bootstrap import ServiceSettings, open_answerer
from qa.types import Citation, Reply
from tests.bench.seed_office import Told, e_book, saved_page, word_document

_SEEDS = Path("seeds")
_QUESTIONS = Path("../shared/eval/seeds/questions.jsonl")
_WORD = re.compile(r"[^\W_]+")
_SHARED = 0.8  # of the shorter text's words: what is the same sentence


class Answer(Struct):
    """Where a question's answer stands."""

    file: str
    evidence: str


class Asked(Struct):
    """A line of the questions' file."""

    question: str
    answers: list[Answer]
    turns: list[object] = []


class Score(Struct):
    """Shares of the questions that the seeds answer."""

    questions: int = 0
    hit: int = 0
    first: int = 0
    any: int = 0
    paged: int = 0
    page_right: int = 0

    def line(self, name: str) -> str:
        shares = "".join(f"{count / max(1, self.questions):8.3f}" for count in (self.hit, self.first, self.any))
        page = f"{self.page_right / self.paged:8.3f}" if self.paged else "       -"
        return f"{name:14}{self.questions:5}{shares}{page}"


class Piece(Struct, frozen=True):
    """A block of a seed as a writer of any format needs it. text: without markup. level: of a heading."""

    kind: BlockKind
    text: str
    level: int = 0


def pieces_of(document: Document) -> list[Piece]:
    """The blocks, those in one that one sentence goes over; notes that interrupt it come behind it."""
    joined: dict[int, int] = {}
    for sentence in split_sentences(document.text, document.blocks):
        for part in sentence.ranges[1:]:
            for number, block in enumerate(document.blocks):
                if block.start <= part.start < block.end:
                    joined[number] = sentence.block
    found: dict[int, Piece] = {}
    for number, block in enumerate(document.blocks):
        text = document.text[block.start : block.end]
        text = re.sub(r"^#+ ", "", text) if block.kind in {BlockKind.HEADING, BlockKind.TITLE} else text
        if block.kind in {BlockKind.LIST, BlockKind.TABLE}:
            lines = [display(line) for line in text.splitlines() if line.strip()]
            found[number] = Piece(block.kind, "\n".join(lines))
        elif number in joined:
            home = joined[number]
            while home in joined:
                home = joined[home]
            found[home] = Piece(found[home].kind, f"{found[home].text} {display(text)}")
        else:
            found[number] = Piece(block.kind, display(text), block.level)
    return [piece for piece in found.values() if piece.text]


def as_html(document: Document, style: str = "") -> str:
    """A page of the seed: title, headings, paragraphs, lists, notes."""
    body = []
    for piece in pieces_of(document):
        words = html.escape(piece.text)
        if piece.kind is BlockKind.TITLE:
            body.append(f"<h1>{words}</h1>")
        elif piece.kind is BlockKind.HEADING:
            level = min(6, max(2, piece.level))
            body.append(f"<h{level}>{words}</h{level}>")
        elif piece.kind is BlockKind.LIST:
            items = "".join(f"<li>{re.sub(r'^[-*•] ', '', line)}</li>" for line in words.splitlines())
            body.append(f"<ul>{items}</ul>")
        elif piece.kind in {BlockKind.FOOTNOTE, BlockKind.CAPTION}:
            body.append(f"<p class='note'>{words}</p>")
        else:
            body.append(f"<p>{words}</p>")
    head = f"<meta charset='utf-8'><title>{html.escape(document.title)}</title><style>{style}</style>"
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{''.join(body)}</body></html>"


_PRINT = """
@page {{ size: A4; margin: 25mm 22mm; @top-center {{ content: "{head}"; font: 8pt serif }}
 @bottom-center {{ content: counter(page); font: 8pt serif }} }}
body {{ font: 10.5pt/1.35 "Liberation Serif", "DejaVu Serif", serif; {columns} }}
h1 {{ font-size: 18pt; column-span: all }} h2 {{ font-size: 13pt }} p {{ margin: 0; text-indent: 1.2em; {justify} }}
.note {{ font-size: 8pt; text-indent: 0 }} h1 + p, h2 + p, h3 + p {{ text-indent: 0 }}
"""


def print_pdf(page: str, file: Path) -> None:
    """By the system's Chromium. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "page.html"
        written.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}"]
        command = ["chromium", *options, f"--print-to-pdf={file}", str(written)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def _printed(columns: str, justify: str = "text-align: justify; hyphens: auto") -> Callable[[Document, Path], None]:
    def make(document: Document, file: Path) -> None:
        head = document.title.replace('"', "'")[:60]
        style = _PRINT.format(head=head, columns=columns, justify=justify)
        print_pdf(as_html(document, style), file.with_suffix(".pdf"))

    return make


def _told(document: Document) -> list[Told]:
    return [(piece.kind, piece.text, piece.level) for piece in pieces_of(document)]


def _body(document: Document) -> str:
    return as_html(document).partition("<body>")[2].removesuffix("</body></html>")


def _write_docx(document: Document, file: Path) -> None:
    file.with_suffix(".docx").write_bytes(word_document(_told(document)))


def _write_page(document: Document, file: Path) -> None:
    file.with_suffix(".html").write_bytes(saved_page(document.title, _body(document)))


def _write_epub(document: Document, file: Path) -> None:
    file.with_suffix(".epub").write_bytes(e_book(document.title, _body(document)))


MAKERS: dict[str, Callable[[Document, Path], None]] = {
    "pdf-one": _printed(""),
    "pdf-two": _printed("columns: 2; column-gap: 8mm"),
    "docx": _write_docx,
    "html": _write_page,
    "epub": _write_epub,
}
"""How a set is named, and what writes a seed in its format; the file's suffix is the writer's to choose."""


@click.command(help=__doc__)
@click.option("--seeds", default=_SEEDS, type=click.Path(path_type=Path, exists=True), show_default=True)
@click.option("--questions", default=_QUESTIONS, type=click.Path(path_type=Path, exists=True), show_default=True)
@click.option("--only", multiple=True, type=click.Choice(list(MAKERS)))
@click.option("--keep", type=click.Path(path_type=Path), help="Where the files that are made shall stay.")
@click.option("--misses", is_flag=True, help="Show questions whose first citation is not the answer.")
def main(seeds: Path, questions: Path, only: Sequence[str], keep: Path | None, misses: bool) -> None:
    asked = [json.decode(line, type=Asked) for line in questions.read_bytes().splitlines()]
    asked = [each for each in asked if each.answers and not each.turns]
    click.echo(f"{'':14}{'n':>5}{'hit@1':>8}{'first':>8}{'any':>8}{'page':>8}")
    click.echo(scored(seeds, asked, misses).line("text"))
    documents = [read(file.read_bytes(), file.name, "") for file in sorted(seeds.iterdir()) if file.suffix == ".txt"]
    for name in only or MAKERS:
        with tempfile.TemporaryDirectory() as made:
            folder = (keep or Path(made)) / name
            folder.mkdir(parents=True, exist_ok=True)
            for document in documents:
                MAKERS[name](document, folder / Path(document.source).stem)
            click.echo(scored(folder, asked, misses).line(name))


def scored(folder: Path, asked: Sequence[Asked], misses: bool = False) -> Score:
    score = Score()
    with tempfile.TemporaryDirectory() as data, open_answerer(folder, ServiceSettings(data_folder=Path(data))) as made:
        for each in asked:
            reply = made.ask(each.question)
            score.questions += 1
            score.hit += bool(reply.passages) and _answers(each, reply.passages[0].source, reply.passages[0].text)
            cited = _cited(reply)
            first = bool(cited) and _answers(each, cited[0].source, cited[0].cited_text)
            score.first += first
            score.any += any(_answers(each, citation.source, citation.cited_text) for citation in cited)
            if misses and not first:
                said = cited[0].cited_text if cited else "(nothing)"
                click.echo(f"  {each.question}\n    expected {each.answers[0].evidence}\n    got      {said}", err=True)
            if first and cited[0].page is not None:
                score.paged += 1
                score.page_right += _page_has(folder / cited[0].source, cited[0])
    return score


def _cited(reply: Reply) -> list[Citation]:
    return [citation for block in reply.content for citation in (*block.citations, *block.also)]


def _answers(asked: Asked, source: str, text: str) -> bool:
    stem = Path(source).stem
    return any(Path(answer.file).stem == stem and _same(answer.evidence, text) for answer in asked.answers)


def _words(text: str) -> list[str]:
    return _WORD.findall(re.sub(r"[-\u00ad]\s*\n\s*", "", display(text)).casefold())


def _same(one: str, other: str) -> bool:
    """Whether the shorter one's words are nearly all in the other, next to each other or not."""
    fewer, more = sorted((_words(one), _words(other)), key=len)
    held = set(more)
    return bool(fewer) and sum(word in held for word in fewer) >= _SHARED * len(fewer)


def _page_has(file: Path, citation: Citation) -> bool:
    """Whether the cited page (or what follows it, where it ends) has the first words that are cited."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(file)
    try:
        page = "".join(_WORD.findall(document[(citation.page or 1) - 1].get_textpage().get_text_range().casefold()))
        begun = "".join(_words(citation.cited_text)[:3])
        return begun in page.replace("ﬁ", "fi").replace("ﬂ", "fl")
    finally:
        document.close()


if __name__ == "__main__":
    main()
