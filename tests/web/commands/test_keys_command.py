"""`footnote keys`, and what doctor and serve say of keys."""

from pathlib import Path

import pytest
from msgspec import json

from tests.shell import Shell, is_one_line
from web.access.keyring import KeyRing
from web.access.keys import FILE_NAME, ApiKey


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "new" / "data"


def test_a_key_is_shown_once_alone_and_works(shell: Shell, data: Path) -> None:
    code, out, err = shell("keys", "add", "sales", "--source", "sales/*", "--per-minute", "5", "--data", str(data))
    assert code == 0, err
    assert "cannot be shown again" in err
    key = out.strip()
    assert out == f"{key}\n"
    assert key not in err
    with KeyRing(data) as ring:
        found = ring.find(key.encode())
    assert found
    assert (found.name, found.scope, found.sources, found.per_minute) == ("sales", "ask", ("sales/*",), 5)
    secret = key.rpartition("_")[2]
    for arguments in (["keys", "list"], ["keys", "list", "--json"], ["doctor"], ["keys", "revoke", "sales"]):
        _, out, err = shell(*arguments, "--data", str(data))
        assert secret not in out + err
    with KeyRing(data) as ring:
        assert ring.find(key.encode()) is None


def test_keys_are_listed_with_what_they_may_do(shell: Shell, data: Path) -> None:
    code, out, err = shell("keys", "list", "--data", str(data))
    assert (code, out) == (0, "")
    assert "no keys" in err
    assert not data.exists(), "looking makes no folder"
    assert shell("keys", "list", "--json", "--data", str(data))[1] == "[]\n"
    shell("keys", "add", "sales", "--source", "a/*", "--source", "b/*", "--data", str(data))
    _, out, _ = shell("keys", "add", "ops", "--scope", "admin", "--json", "--data", str(data))
    made = json.decode(out)
    assert made["about"]["scope"] == "admin"
    assert made["key"].startswith(f"fn_{made['about']['key_id']}_")
    shell("keys", "revoke", "sales", "--data", str(data))
    _, out, _ = shell("keys", "list", "--json", "--data", str(data))
    listed = json.decode(out, type=tuple[ApiKey, ...])
    assert [(key.name, key.scope, key.revoked_at is None) for key in listed] == [
        ("sales", "ask", False),
        ("ops", "admin", True),
    ]
    _, out, _ = shell("keys", "list", "--data", str(data))
    assert all(word in out for word in ("sales", "a/*", "b/*", "ops", "admin", "never"))


@pytest.mark.parametrize(
    ("arguments", "says", "code"),
    [
        (["add"], "NAME", 2),
        (["add", "Sales Team"], "Sales Team", 2),
        (["add", "ops", "--scope", "root"], "root", 2),
        (["add", "ops", "--scope", "admin", "--source", "a/*"], "admin", 2),
        (["add", "sales", "--per-minute", "0"], "0", 2),
        (["add", "sales", "--source", ""], "globs", 2),
        (["add", "taken"], "taken already", 2),
        (["revoke", "nobody"], "nobody", 1),
    ],
)
def test_what_cannot_be_done_is_one_line(
    shell: Shell, tmp_path: Path, arguments: list[str], says: str, code: int
) -> None:
    shell("keys", "add", "taken", "--data", str(tmp_path))
    found, out, err = shell("keys", *arguments, "--data", str(tmp_path))
    assert (found, out) == (code, "")
    assert is_one_line(err), err
    assert says in err


def test_a_folder_that_cannot_be_made_is_told(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    code, out, err = shell("keys", "add", "sales", "--data", str(tmp_path / "file" / "data"))
    assert (code, out) == (1, "")
    assert is_one_line(err), err


def test_a_source_that_fits_no_document_is_told(shell: Shell, tmp_path: Path) -> None:
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    (corpus / "sales").mkdir(parents=True)
    (corpus / "sales" / "tide.txt").write_text("Tides\n\nThe tide at Brest rises seven metres every spring.\n")
    assert shell("index", str(corpus), "--data", str(data))[0] == 0
    add = ["keys", "add", "sales", "--source", "sales/*", "--source", "slaes/*", "--data", str(data)]
    code, _, err = shell(*add)
    assert code == 0
    assert "fits slaes/*" in err
    assert "fits sales/*" not in err


def test_doctor_tells_how_many_keys_there_are(shell: Shell, tmp_path: Path) -> None:
    def address() -> str:
        findings = json.decode(shell("doctor", "--json", "--data", str(tmp_path))[1])
        return {check["name"]: str(check["finding"]) for check in findings["checks"]}["address"]

    assert address() == "127.0.0.1:8000, no API key needed"
    shell("keys", "add", "sales", "--data", str(tmp_path))
    assert address() == "127.0.0.1:8000, with 1 API key"
    shell("keys", "revoke", "sales", "--data", str(tmp_path))
    assert address() == "127.0.0.1:8000, with 0 API keys"
    (tmp_path / "footnote.toml").write_text("api_key = 'hush-hush'\nhost = '0.0.0.0'\n")
    assert address() == "0.0.0.0:8000, with api_key and 0 API keys"
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 100)
    assert "is not a database or is damaged" in address()
