"""An answer needs no history: one that is damaged is told, left as it is, and stops nothing."""

from pathlib import Path

import pytest

from index.errors import IntegrityError
from qa.bootstrap import open_records
from qa.conversations.history import FILE_NAME, open_database


@pytest.mark.parametrize("content", [b"no database at all" * 99, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_file_of_conversations_keeps_none_and_is_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert open_records(tmp_path) is None
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_noise_in_a_page_is_found_by_looking_through_the_file(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    columns = "conversation_id, title, began_at, last_asked_at, asker"
    with open_database(path) as database:
        with database.transaction():
            rows = [(f"conversation-{number}",) for number in range(500)]
            database.query_many(f"INSERT INTO conversations ({columns}) VALUES (?, '', '', '', '')", rows)
        database.check()
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xa5" * (len(whole) - 8192))
    with open_database(path, read_only=True) as database, pytest.raises(IntegrityError, match="damaged"):
        database.check()
