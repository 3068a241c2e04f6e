"""Mails: who wrote what and when, what is attached, and what is only quoted."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DocumentError
from index.readers.mail.message import read_mail
from index.readers.mail.reader import QUOTED
from index.types import BlockKind
from tests.extracted import blocks, document, labels, place, units

HEAD = b"From: Ada <ada@x.org>\nTo: bob@y.org\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n"
HEAD += b"Date: Mon, 5 Oct 2026 10:00:00 +0200\n"


def mail(text: str = "The ship leaves at nine on Monday.\n") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ada <ada@x.org>", "Tides"
    message.set_content(text)
    return message


def test_the_head_tells_title_author_and_day() -> None:
    made = document(HEAD + b"\nThe ship leaves at nine on Monday.\n", "a.eml")
    assert made.format == "mail"
    assert blocks(made, "title") == ["Grüße"]
    assert [made.metadata.author and made.metadata.author.value, made.metadata.date and made.metadata.date.value] == [
        "Ada",
        "2026-10-05",
    ]
    assert blocks(made, "byline")[0] == "From: Ada <ada@x.org>"
    said = next(unit for unit in units(made) if "leaves" in unit[1])
    assert said[2] == ("From: Ada <ada@x.org>",)


def test_plain_text_comes_before_html_and_html_before_nothing() -> None:
    message = mail()
    message.add_alternative("<p>The ship leaves at <b>ten</b>.</p>", subtype="html")
    assert "ten" not in document(message.as_bytes(), "a.eml").text
    only = EmailMessage()
    only["Subject"] = "Tides"
    only.set_content("<p>The ship leaves at <b>ten</b>.</p>", subtype="html")
    assert b"ten" in read_mail(only.as_bytes()).parts[0].data


def test_what_is_attached_is_read_by_its_own_reader_and_the_rest_is_told() -> None:
    message = mail()
    message.add_attachment(b"name,price\nLamp,3\nBed,4\n", maintype="text", subtype="csv", filename="../prices.csv")
    message.add_attachment(b"\x89PNG\r\n\x1a\n\0", maintype="image", subtype="png", filename="p.png")
    message.add_attachment(mail("The inner mail says that it rains.\n"))
    made = document(message.as_bytes(), "a.eml")
    assert labels(made, "Lamp") == {"name": "Lamp", "price": "3"}
    assert place(made, "| Lamp") == "prices.csv, line 2"
    assert place(made, "it rains") == "Tides.eml"
    assert "a PNG image" in made.warnings[0]


def test_a_box_has_each_mail_under_its_subject_and_no_words_twice() -> None:
    first = (
        b"From a@b Mon Oct  5 10:00:00 2026\nSubject: One\nFrom: Ada <a@b>\n\nThe harbour of Brest is closed today.\n"
    )
    second = b"From b@b Mon Oct  5 10:00:00 2026\nSubject: Re: One\nFrom: Bob <b@b>\n\nAda wrote:\n"
    second += b"> The harbour of Brest is closed today.\n\nIt opens on Friday.\n\n>From here on it is open.\n"
    made = document(first + b"\n" + second, "inbox")
    assert made.format == "mbox"
    assert blocks(made, "heading") == ["One", "Re: One"]
    left = [block for block in made.blocks if block.kind is BlockKind.BOILERPLATE]
    assert [made.text[block.start : block.end] for block in left] == ["> The harbour of Brest is closed today."]
    assert left[0].reason == QUOTED
    said = next(unit for unit in units(made) if "Friday" in unit[1])
    assert said[2] == ("Re: One", "From: Bob <b@b>")
    assert "From here on" in made.text
    # A quoted mail that the box does not hold is only there.
    assert "boilerplate" not in [block.kind.name.lower() for block in document(second, "inbox").blocks]


@pytest.mark.parametrize(
    ("head", "body", "words"),
    [
        (b"Content-Type: text/plain; charset=nonsense\n", "Fähre".encode(), "Fähre"),
        (b"Content-Type: text/plain; charset=utf-8\n", "Fähre".encode("cp1252"), "Fähre"),
        (b"Content-Transfer-Encoding: base64\n", b"VGhlIHRpZGU=", "The tide"),
        (b"Content-Transfer-Encoding: base64\n", b"!!!", ""),
        (b"Content-Type: multipart/mixed\n", b"no boundary", ""),
        (b"Date: nonsense\n", b"The tide", "The tide"),
        (b"From: <<>>,,;\nTo: \xff\xfe\n", b"The tide", "The tide"),
        (b"Subject: =?utf-8?b?!!?=\n", b"The tide", "The tide"),
    ],
)
def test_what_is_broken_is_read_as_far_as_it_goes(head: bytes, body: bytes, words: str) -> None:
    assert words in document(b"X-A: b\nSubject: S\nFrom: a@b\n" + head + b"\n" + body, "a.eml").text


def test_what_has_no_head_is_no_mail() -> None:
    with pytest.raises(DocumentError, match="no head of a mail"):
        document(b"\nThe tide.\n", "a.eml")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_mail(data: bytes) -> None:
    read_mail(data)
    read_mail(HEAD + data)


def test_mails_in_mails_end() -> None:
    message = mail()
    for _ in range(40):
        outer = mail()
        outer.add_attachment(message)
        message = outer
    assert any("too deep" in warning for warning in document(message.as_bytes(), "a.eml").warnings)
