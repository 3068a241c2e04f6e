from email.message import Message
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from web.api.conversations import disposition


def name_in(header: str) -> str:
    """The name as a program that knows RFC 6266 reads it."""
    message = Message()
    message["Content-Disposition"] = header
    name = message.get_filename()
    assert name is not None
    return name


@pytest.mark.parametrize(
    ("title", "plain", "name"),
    [
        ("Who was sent?", "Who was sent.md", "Who was sent.md"),
        ("Wo ist die Mühle", "Wo ist die M hle.md", "Wo ist die Mühle.md"),
        ("日本", "conversation.md", "日本.md"),
        ("../../etc/passwd", "etc passwd.md", "etc passwd.md"),
        ('a"; filename="b.exe', "a filename b.exe.md", "a ; filename= b.exe.md"),
        ("a\r\nSet-Cookie: x=1", "a Set-Cookie x 1.md", "a Set-Cookie x=1.md"),
        ("...", "conversation.md", "conversation.md"),
        ("100% sure", "100 sure.md", "100% sure.md"),
    ],
)
def test_a_name_in_both_forms(title: str, plain: str, name: str) -> None:
    header = disposition(title, ".md")
    assert f'filename="{plain}"' in header
    assert unquote(header.partition("filename*=UTF-8''")[2]) == name


@given(st.text(max_size=150))
@example("\ud800")
@example("x" * 150)
def test_any_title_gives_one_safe_header(title: str) -> None:
    header = disposition(title, ".json")
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert header.startswith("attachment; ")
    name = name_in(header)
    assert name.endswith(".json")
    assert len(name) <= 85
    assert not set(name) & set('/\\<>:"|?*\x00\n')
    assert not name.startswith(".")
