"""Files made to break who reads them, by kind: (kind, name, bytes)."""

import gzip
import io
import json
import random
import struct
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from email.message import EmailMessage

from index.readers import FORMATS

Nasty = tuple[str, str, bytes]
TEXT = "The tide at Brest rises seven metres. The ship leaves at nine on Monday.\n"
_SCHEMAS = "http://schemas.openxmlformats.org"
_RELATED = f"{_SCHEMAS}/officeDocument/2006/relationships"
_LINKS = f"{_SCHEMAS}/package/2006/relationships"
_PACKAGE = "application/vnd.openxmlformats-package"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_LAUGHS = "".join(f'<!ENTITY l{n} "{(f"&l{n - 1};" * 10) if n else "lol"}">' for n in range(10))
_XXE = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_BOMB_XML = f'<?xml version="1.0"?><!DOCTYPE r [{_LAUGHS}]>'


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return stream.getvalue()


def _office(folder: str, kind: str, parts: dict[str, str]) -> bytes:
    """A package of Office Open XML: its parts, the first of which is the document."""
    first = next(iter(parts))
    types = f'<Default Extension="rels" ContentType="{_PACKAGE}.relationships+xml"/>'
    types += f'<Override PartName="/{folder}/{first}" ContentType="{_OFFICE}.{kind}.main+xml"/>'
    related = f'<Relationship Id="r1" Type="{_RELATED}/officeDocument" Target="{folder}/{first}"/>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_SCHEMAS}/package/2006/content-types">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">{related}</Relationships>',
    }
    return packed(files | {f"{folder}/{name}": content for name, content in parts.items()})


def _word() -> bytes:
    body = f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>" * 3
    main = f'<w:document xmlns:w="{_SCHEMAS}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    return _office("word", "wordprocessingml.document", {"document.xml": main})


def _workbook() -> bytes:
    space = f'xmlns="{_SCHEMAS}/spreadsheetml/2006/main"'
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>Lamp</t></is></c><c r="B{0}"><v>3</v></c></row>'
    rows = "".join(row.format(number) for number in range(1, 4))
    sheets = f'<sheets><sheet name="S" sheetId="1" r:id="r1" xmlns:r="{_RELATED}"/></sheets>'
    related = f'<Relationship Id="r1" Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
    parts = {
        "workbook.xml": f"<workbook {space}>{sheets}</workbook>",
        "worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>",
        "_rels/workbook.xml.rels": f"<Relationships xmlns='{_LINKS}'>{related}</Relationships>",
    }
    return _office("xl", "spreadsheetml.sheet", parts)


def _pdf() -> bytes:
    content = b"BT /F1 24 Tf 72 700 Td (The tide at Brest rises seven metres.) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made = b"%PDF-1.4\n"
    starts = []
    for number, each in enumerate(objects, start=1):
        starts.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    at = len(made)
    return (
        made + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>startxref\n%d\n%%%%EOF" % at
    )


def _mail() -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = "Tides", "Ada <ada@x.org>"
    message.set_content(TEXT)
    message.add_attachment(b"a,b\n1,2\n", maintype="text", subtype="csv", filename="a.csv")
    return message.as_bytes()


def _tar(entries: list[tarfile.TarInfo]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as made:
        for entry in entries:
            made.addfile(entry, io.BytesIO(bytes(entry.size)) if entry.isreg() else None)
    return stream.getvalue()


def _epub(page: str) -> bytes:
    container = '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>'
    opf = '<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>'
    files = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "c.opf": opf, "a.xhtml": page}
    return packed(dict(files))


def samples() -> dict[str, bytes]:
    """A good file of each format, by its name."""
    notebook = {"cells": [{"cell_type": "markdown", "source": "# T\n\n" + TEXT}], "nbformat": 4}
    made = {
        "a.docx": _word(), "a.xlsx": _workbook(), "a.pdf": _pdf(), "a.eml": _mail(),
        "a.epub": _epub(f"<html><body><p>{TEXT}</p></body></html>"),
        "a.zip": packed({"a.txt": TEXT, "b/c.csv": "a,b\n1,2\n"}),
        "a.txt.gz": gzip.compress(TEXT.encode()),
        "a.html": f"<html><body><h1>T</h1><p>{TEXT}</p></body></html>".encode(),
        "a.rtf": b"{\\rtf1\\ansi " + TEXT.encode() + b"}",
        "a.csv": b"name,price\nLamp,3\nBed,4\n", "a.json": json.dumps({"a": [{"b": TEXT}] * 3}).encode(),
        "a.jsonl": b'{"a": 1}\n{"a": 2}\n', "a.yaml": b"a: 1\nb: [1, 2]\n", "a.toml": b"[a]\nb = 1\n",
        "a.ini": b"[a]\nb = 1\n", "a.ipynb": json.dumps(notebook).encode(),
        "a.mbox": b"From a@b Mon Oct 5 10:00:00 2026\n" + _mail(),
        "a.srt": b"1\n00:00:01,000 --> 00:00:02,000\nThe tide.\n",
        "a.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\nThe tide.\n",
        "a.rst": b"T\n=\n\n.. note:: x\n\n" + TEXT.encode(), "a.adoc": b"= T\n\n" + TEXT.encode(),
        "a.org": b"* T\n" + TEXT.encode(), "a.tex": b"\\section{T}\n" + TEXT.encode(),
        "a.py": b'def f():\n    """The tide."""\n', "a.md": b"# T\n\n" + TEXT.encode(), "a.txt": TEXT.encode(),
    }  # fmt: skip
    known = {suffix for each in FORMATS for suffix in each.suffixes} | {".rtf"}
    return {name: data for name, data in made.items() if f".{name.rpartition('.')[2]}" in known}


def damaged() -> Iterator[Nasty]:
    """Each format cut off, with bits flipped, pieces doubled, with another name, and with noise before and after it."""
    for name, data in samples().items():
        stem, _, suffix = name.partition(".")
        chance = random.Random(name)
        for share in (1, 3, 6, 9):
            yield "cut off", f"{stem}_cut{share}.{suffix}", data[: len(data) * share // 10]
        for number in range(5):
            flipped = bytearray(data)
            for _ in range(1 + number * 5):
                flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
            yield "bits flipped", f"{stem}_flip{number}.{suffix}", bytes(flipped)
        half = len(data) // 2
        yield "a piece doubled", f"{stem}_doubled.{suffix}", data[:half] + data[half // 2 : half] + data[half:]
        yield "wrong name", f"{stem}_{suffix.replace('.', '_')}.txt", data
        yield "wrong name", f"{stem}_{suffix.replace('.', '_')}.docx", data
        yield "noise behind", f"{stem}_behind.{suffix}", data + chance.randbytes(2000)
        yield "noise before", f"{stem}_before.{suffix}", b"\0\xff" + chance.randbytes(50) + data
        yield "noise", f"{stem}_noise.{suffix}", chance.randbytes(5000)


def archives() -> Iterator[Nasty]:
    """Bombs, traversals, nests, lies."""
    zeros = bytes(60_000_000)
    yield "bomb", "bomb.zip", packed({"a.txt": zeros})
    yield "bomb", "bomb.txt.gz", gzip.compress(zeros)
    yield "bomb", "bomb2.txt.gz", gzip.compress(gzip.compress(zeros))
    yield "bomb", "bomb.docx", packed({"[Content_Types].xml": "", "word/document.xml": b" " * 60_000_000})
    yield "bomb", "spaces.zip", packed({f"{n}.txt": b" " * 4_000_000 for n in range(12)})
    inner = packed({"a.txt": b"tide " * 1_000_000})
    for depth in range(5):
        inner = packed({f"{n}_{depth}.zip": inner for n in range(3)})
    yield "nested archives", "nested.zip", inner
    yield "many files", "many.zip", packed({f"{n}.txt": "tide" for n in range(25_000)})
    yield "many files", "many_small.zip", packed({f"{n}.txt": "The tide." for n in range(3_000)})
    evil = (
        "../../../etc/passwd",
        "/etc/cron.d/x",
        "C:\\x.txt",
        "a\x00b.txt",
        "x" * 300,
        "..",
        "a/../../b.txt",
        "con.txt",
    )
    yield "traversal", "names.zip", packed(dict.fromkeys(evil, TEXT))
    data = bytearray(packed({"a.txt": TEXT}))
    at = data.index(b"PK\x01\x02")
    for size in (0, 1, 1 << 31, (1 << 32) - 2):
        data[at + 24 : at + 28] = struct.pack("<I", size)
        yield "sizes that lie", f"size{size}.zip", bytes(data)
    locked = bytearray(packed({"a.txt": TEXT}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    yield "encrypted", "locked.zip", bytes(locked)
    yield "encrypted", "locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE)
    entries = [tarfile.TarInfo(f"../{n}.txt") for n in range(len(kinds))]
    for entry, kind in zip(entries, kinds, strict=True):
        entry.type, entry.linkname = kind, "/etc/passwd"
    yield "traversal", "links.tar.gz", _tar(entries)


def marked_up() -> Iterator[Nasty]:
    """XML, HTML and what holds them."""
    for kind, head in (("entities", _BOMB_XML), ("outside entities", _XXE)):
        body = "&l9;" if kind == "entities" else "&x;"
        page = f"{head}<html><body><p>{body}</p></body></html>"
        stem = kind.replace(" ", "_")
        yield kind, f"{stem}.xml", f"{head}<r>{body}</r>".encode()
        yield kind, f"{stem}.html", page.encode()
        yield kind, f"{stem}.xhtml", page.encode()
        yield kind, f"{stem}.epub", _epub(page)
        word = {"[Content_Types].xml": f"{head}<Types>{body}</Types>", "word/document.xml": f"{head}<w>{body}</w>"}
        yield kind, f"{stem}.docx", packed(dict(word))
        odt = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": f"{head}<o>{body}</o>"}
        yield kind, f"{stem}.odt", packed(dict(odt))
    yield "deep", "deep.html", b"<div>" * 200_000 + b"x"
    yield "deep", "deep_tables.html", b"<table><tr><td>" * 50_000 + b"x"
    yield "deep", "deep_lists.html", b"<ul><li>x" * 50_000
    yield "deep", "formatting.html", b"<b><i><a href=x>" * 30_000 + b"x"
    yield "wide", "attributes.html", b"<p " + b" ".join(b"a%d=x" % n for n in range(100_000)) + b">x"
    yield "wide", "line.html", b"<p>" + TEXT.encode().strip() * 10_000
    yield "wide", "cells.html", b"<table><tr>" + b"<td colspan=1000 rowspan=65534>x" * 500
    yield "unclosed", "script.html", b"<p>x<script>" + b"<!--" * 500_000
    yield "deep", "deep.rtf", b"{\\rtf1" + b"{" * 200_000 + b"x"
    yield "deep", "deep_x.docx", packed({"[Content_Types].xml": "", "word/document.xml": "<a>" * 100_000})


def data_files() -> Iterator[Nasty]:
    """JSON, YAML, TOML, CSV, notebooks."""
    yield "deep", "deep.json", b"[" * 1_000_000
    yield "deep", "deep_object.json", b'{"a":' * 900 + b"1" + b"}" * 900
    yield "wide", "wide.json", json.dumps({f"k{n}": n for n in range(20_000)}).encode()
    yield "wide", "list.json", json.dumps(list(range(50_000))).encode()
    yield (
        "odd values",
        "odd.json",
        b'{"a": NaN, "b": 1e999, "c": "\\ud800", "d": "\\u0000", "": {}, "a": 2, "e": ' + b"9" * 5000 + b"}",
    )
    yield "long line", "string.json", json.dumps({"a": "tide " * 2_000_000}).encode()
    yield (
        "laughs",
        "laughs.yaml",
        (
            "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
            + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
        ).encode(),
    )
    yield "cyclic", "cycle.yaml", b"a: &a [*a]\n"
    yield "cyclic", "cycle2.yaml", b"a: &a\n  b: *a\n  <<: *a\n"
    yield "deep", "deep.yaml", b"[" * 50_000
    yield "deep", "deep_indent.yaml", "".join(" " * n + f"k{n}:\n" for n in range(2_000)).encode()
    yield "tags", "tags.yaml", b"!!python/object/apply:os.system ['touch /tmp/nasty']\n"
    yield "wide", "wide.yaml", "".join(f"k{n}: {n}\n" for n in range(10_000)).encode()
    yield "deep", "deep.toml", b"a = " + b"[" * 50_000
    yield "deep", "dotted.toml", b".".join([b"a"] * 5_000) + b" = 1\n"
    yield "wide", "wide.ini", "".join(f"k{n} = {n}\n" for n in range(20_000)).encode()
    yield "unclosed", "quote.csv", b'a,b\n"' + TEXT.encode() * 100_000
    yield "wide", "columns.csv", b",".join(b"c%d" % n for n in range(200_000)) + b"\n" + b"1," * 200_000
    yield "wide", "rows.csv", b"a,b\n" + b"1,2\n" * 20_000
    yield "long line", "cell.csv", b"a,b\n1," + b"tide " * 2_000_000 + b"\n"
    yield "odd values", "quotes.csv", b'"' * 1_000_001
    for number, root in enumerate(
        (
            [],
            {"cells": 1},
            {"cells": [1, None, {"cell_type": 3}]},
            {"cells": [{"cell_type": "code", "outputs": {"a": 1}}]},
        )
    ):
        yield "wrong shape", f"shape{number}.ipynb", json.dumps(root).encode()


def mails() -> Iterator[Nasty]:
    """Heads, parts and boxes."""
    head = b"Subject: x\nFrom: a@b\nMIME-Version: 1.0\n"
    nest = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000))
    yield "deep", "deep.eml", head + nest
    message = _mail()
    for _ in range(60):
        message = head + b"Content-Type: message/rfc822\n\n" + message
    yield "deep", "mails.eml", message
    yield "long line", "head.eml", head + b"To: " + b"a@b, " * 200_000 + b"\n\nx"
    yield "odd values", "words.eml", head + b"To: " + b"=?utf-8?q?=C3?= " * 20_000 + b"\n\nx"
    parts = b"".join(b"--b\nContent-Disposition: attachment; filename=%d.txt\n\nThe tide.\n" % n for n in range(3_000))
    yield "many files", "parts.eml", head + b"Content-Type: multipart/mixed; boundary=b\n\n" + parts + b"--b--\n"
    yield "odd values", "charset.eml", head + b"Content-Type: text/plain; charset=\xff\xfe\n\n\xff\xfe"
    yield "odd values", "base64.eml", head + b"Content-Transfer-Encoding: base64\n\n" + b"A" * 1_000_001
    yield "odd values", "uu.eml", head + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 /etc/passwd\n\xff\nend\n"
    yield "many files", "empty.mbox", b"From a@b Mon Oct 5 10:00:00 2026\n\n" * 20_000
    yield "many files", "many.mbox", (b"From a@b Mon Oct 5 10:00:00 2026\nSubject: x\n\nThe tide.\n\n") * 5_000
    yield "unclosed", "from.mbox", b"From " * 1_000_000


def texts() -> Iterator[Nasty]:
    """Plain text, Markdown, light markup, code, subtitles."""
    words = TEXT.encode().strip()
    for suffix in ("txt", "md", "rst", "adoc", "org", "tex", "py", "srt", "ini"):
        yield "long line", f"line.{suffix}", words * (140_000 if suffix == "txt" else 5_000)
        yield "long line", f"letters.{suffix}", b"a" * 10_000_000
        yield "NULs", f"nul.{suffix}", words + b"\0" * 1000 + words
    for name in ("utf-16", "utf-16-le", "utf-32", "utf-7", "cp037", "cp1252", "shift_jis"):
        yield "encodings", f"{name}.txt", "Die Fähre: «ou», £5.\n".encode(name, "replace") * 20
    yield "encodings", "surrogate.txt", b"The tide \xed\xa0\x80 rises.\n"
    yield "encodings", "mixed.txt", "Fähre\n".encode() * 10 + "Fähre\n".encode("cp1252") * 10
    yield "encodings", "odd.txt", b"\xff\xfet\x00h"
    signs = {"combining": "a" + "\u0301" * 500_000, "bidi": "\u202e\u2066" * 200_000, "zero": "\u200b" * 500_000}
    signs |= {"emoji": "👨‍👩‍👧" * 100_000, "brackets": "[" * 500_000, "stars": "*a" * 300_000, "ticks": "`a" * 300_000}
    signs |= {"quotes": "> " * 50_000 + "x", "pipes": "|" * 500_000, "tags": "<a" * 300_000, "blanks": "\n" * 2_000_000}
    signs |= {
        "dots": ". " * 500_000,
        "dashes": "-" * 1_000_000,
        "links": "[a](" * 100_000,
        "entities": "&amp" * 200_000,
    }
    for name, text in signs.items():
        yield "runs of signs", f"{name}.txt", text.encode()
        yield "runs of signs", f"{name}.md", text.encode()
    yield "deep", "lists.md", "".join("  " * n + "- a\n" for n in range(1_500)).encode()
    yield "deep", "directives.rst", "".join("   " * n + ".. note:: a\n\n" for n in range(500)).encode()
    yield "deep", "braces.tex", b"\\x{" * 300_000
    yield "unclosed", "fences.adoc", b"----\n\n====\n" * 20_000
    yield "unclosed", "blocks.org", b"#+BEGIN_SRC\n#+BEGIN_QUOTE\n" * 10_000
    yield "deep", "parens.py", b"(" * 500_000
    yield "unclosed", "quotes.py", b'"""' * 200_001
    yield "unclosed", "comments.js", b"/*" * 500_000
    yield "wide", "times.srt", b"99:99:99,999 --> 00:00:00,000\nx\n\n" * 100_000
    yield "odd values", "includes.rst", b".. include:: /etc/passwd\n.. raw:: html\n   :file: /etc/passwd\n"
    yield "odd values", "input.tex", b"\\input{/etc/passwd}\\write18{touch /tmp/nasty}\n"


def all_files() -> list[Nasty]:
    """All of them, each under a name of its own."""
    return [each for make in (damaged, archives, marked_up, data_files, mails, texts) for each in make()]
