"""API keys as they are stored: made, found again by their hash only, revoked, and their names."""

import re
import sqlite3
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import InputError, IntegrityError, NotFoundError
from qa.types import Requester
from web.access.keys import FILE_NAME, Keys, taken_apart

FORM = re.compile(r"fn_[0-9a-f]{12}_[0-9a-f]{64}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / FILE_NAME


def test_a_key_is_stored_as_a_hash_and_nothing_else(path: Path) -> None:
    with Keys.open(path) as keys:
        about, key = keys.add("sales", "ask", ("sales/*", "shared/*"), 5)
        (record,) = keys.records()
    assert FORM.fullmatch(key)
    _, key_id, secret = key.split("_")
    assert (about.key_id, about.sources, about.per_minute) == (key_id, ("sales/*", "shared/*"), 5)
    assert (record.key, record.digest) == (about, sha256(secret.encode()).digest())
    assert taken_apart(key.encode()) == (key_id, record.digest)
    assert secret.encode() not in path.read_bytes()
    assert secret not in repr(record)


def test_who_holds_a_key(path: Path) -> None:
    with Keys.open(path) as keys:
        keys.add("sales", "ask", ("sales/*",))
        keys.add("ops", "admin")
        assert [key.requester for key in keys.all()] == [
            Requester("sales", ("sales/*",), False),
            Requester("ops", (), True),
        ]


def test_a_name_is_free_again_once_its_key_is_revoked(path: Path) -> None:
    with Keys.open(path) as keys:
        first, _ = keys.add("sales", "ask")
        with pytest.raises(InputError, match="sales already"):
            keys.add("sales", "admin")
        revoked = keys.revoke("sales")
        assert revoked.key_id == first.key_id
        assert revoked.revoked_at
        with pytest.raises(NotFoundError, match="sales"):
            keys.revoke("sales")
        second, _ = keys.add("sales", "ask")
        assert [key.key_id for key in keys.all()] == [first.key_id, second.key_id]
        assert [key.revoked_at is None for key in keys.all()] == [False, True]


def test_the_day_of_use_is_kept(path: Path) -> None:
    with Keys.open(path) as keys:
        about, _ = keys.add("sales", "ask")
        assert about.last_used_on is None
        keys.note_use(about.key_id, date(2026, 3, 1))
    with Keys.open(path, read_only=True) as keys:
        assert [key.last_used_on for key in keys.all()] == ["2026-03-01"]


@pytest.mark.parametrize("name", ["", "Sales", "-sales", "a b", "slack:T1:C1", "a" * 65, "sales\n", "ünal", "\udcff"])
def test_a_name_that_is_not_allowed_is_told(path: Path, name: str) -> None:
    with Keys.open(path) as keys:
        with pytest.raises(InputError, match="cannot be named"):
            keys.add(name, "ask")
        assert keys.all() == ()


@pytest.mark.parametrize("sources", [("",), ("a" * 201,), ("a",) * 21, ("a\0b",), ("\udcff",)])
def test_globs_that_are_not_allowed_are_told(path: Path, sources: tuple[str, ...]) -> None:
    with Keys.open(path) as keys, pytest.raises(InputError, match="sources of a key"):
        keys.add("sales", "ask", sources)


@pytest.mark.parametrize("rate", [0, -1, 100_001])
def test_rates_that_are_not_allowed_are_told(path: Path, rate: int) -> None:
    with Keys.open(path) as keys, pytest.raises(InputError, match="questions a minute"):
        keys.add("sales", "ask", (), rate)


def test_an_admin_sees_all_documents(path: Path) -> None:
    with Keys.open(path) as keys, pytest.raises(InputError, match="admin"):
        keys.add("ops", "admin", ("sales/*",))


@given(st.binary(max_size=120))
def test_what_is_no_key_has_an_id_that_none_has(given: bytes) -> None:
    key_id, digest = taken_apart(given)
    assert key_id == "" or FORM.fullmatch(given.decode())
    assert len(digest) == 32


def test_a_damaged_file_is_told_as_what_it_is(path: Path) -> None:
    with Keys.open(path) as keys:
        keys.add("sales", "ask")
    path.write_bytes(path.read_bytes()[:1000] + bytes(3000))
    with pytest.raises(IntegrityError, match=r"damaged.*delete it and add the API keys anew"), Keys.open(path) as keys:
        keys.all()


def test_a_file_of_a_newer_footnote_is_not_told_to_be_deleted(path: Path) -> None:
    Keys.open(path).close()
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("INSERT INTO migrations (number, name, applied_at) VALUES (99, 'x', 'now')")
    connection.close()
    with pytest.raises(IntegrityError, match="update Footnote"):
        Keys.open(path)
