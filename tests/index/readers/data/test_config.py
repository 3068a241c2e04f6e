"""YAML, TOML and settings by line: the values as they are written, with what comments say over them."""

import pytest

from index.errors import DocumentError
from tests.extracted import blocks, document, place, units

YAML = """\
# Settings of the ferry.
server:
  # Where it listens.
  port: 8080
  version: 1.10
  on: yes
  tls: &tls
    cert: "/etc/a.pem"
other:
  <<: *tls
  text: |
    The ferry leaves at nine.

    It comes back at ten.
---
- {name: Ada, role: boss}
- {name: Bob, role: clerk}
"""
TOML = '# The top.\ntitle = "T"\n\n[server]\n# Where it listens.\nport = 8080\n[[item]]\nx = 1.10\n[[item]]\nx = 2\n'
INI = (
    "; The top.\nname = ferry\n[server]\n# Where it listens.\nport: 8080\nlong = one \\\n  two\npath = /a\n  /b\nflag\n"
)


def test_yaml() -> None:
    made = document(YAML, "a.yaml")
    assert blocks(made, "heading") == ["server", "server › tls", "other", "other › text"]
    assert "Where it listens." in blocks(made, "paragraph")
    assert ("record", "cert: /etc/a.pem", ("other",)) in units(made)
    assert "version: 1.10\non: yes" in made.text
    assert "| Bob | clerk |" in made.text
    assert place(made, "port: 8080") == "line 4"


def test_toml() -> None:
    made = document(TOML, "a.toml")
    assert ("record", "port: 8080", ("server",)) in units(made)
    assert "Where it listens." in blocks(made, "paragraph")
    assert "| 1.10 |" in made.text
    assert place(made, "port: 8080") == "line 6"


@pytest.mark.parametrize("name", ["a.ini", "a.cfg", "a.conf"])
def test_ini(name: str) -> None:
    made = document(INI, name)
    assert blocks(made, "heading") == ["server", "server › path"]
    assert "port: 8080\nlong: one two" in made.text
    assert {"The top.", "Where it listens.", "/a\n/b"} <= set(blocks(made, "paragraph"))
    assert place(made, "port: 8080") == "line 5"


def test_properties_and_environment_files() -> None:
    assert "server.port: 8080" in document("# c\nserver.port=8080\n", "a.properties").text
    assert "TOKEN: a b" in document("export TOKEN='a b'\n", "prod.env").text


def test_settings_that_are_none_are_text() -> None:
    made = document("Nothing here is a setting.\n", "a.conf")
    assert "Nothing here is a setting." in made.text


def test_what_is_referred_to_again_and_again_is_refused() -> None:
    laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    laughs += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9))
    with pytest.raises(DocumentError, match="repeated"):
        document(laughs, "a.yaml")


def test_what_refers_to_itself_is_told() -> None:
    with pytest.raises(DocumentError, match="levels"):
        document("a: &a [*a]\n", "a.yaml")


def test_tags_make_nothing() -> None:
    assert "x: 1" in document("!!python/object/apply:os.system {x: 1}\n", "a.yaml").text
