"""Two corpora in one server, on a socket, with a key for each, one for both and the operator's."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from msgspec import Struct

from tests.servers import serving
from tests.waiting import PATIENCE, until
from web.access.keys import FILE_NAME, Keys
from web.app import create_app_of
from web.bootstrap import parts_of
from web.settings.corpora import CorpusSettings
from web.settings.settings import Settings

TEXTS = {
    "tides": {
        "house.md": "# The Marrowby Tables\n\nBy Halvard Sunderly\n\n"
        "The Marrowby Tide Commission (MTC) measures the sea at Marrowby every hour. "
        "Halvard Sunderly founded the Marrowby Tide Commission in 1904.\n",
        "notes.txt": "Notes\n\nThe old gauge of the Zephirine pier was lost in a storm in 1911.\n",
    },
    "forges": {
        "house.md": "# The Quennick Ledger\n\nBy Ottalie Brandvoss\n\n"
        "The Quennick Forge Authority (QFA) counts the anvils of Quennick every year. "
        "Ottalie Brandvoss founded the Quennick Forge Authority in 1911.\n",
        "deep/hammer.txt": "Notes\n\nThe great hammer of the Tolvarine works broke in 1923.\n",
    },
}
TITLES = {"tides": "", "forges": "The forges of Quennick"}
QUESTIONS = {
    "tides": "Who founded the Marrowby Tide Commission?",
    "forges": "Who founded the Quennick Forge Authority?",
}
ANSWERS = {"tides": "Halvard Sunderly", "forges": "Ottalie Brandvoss"}
# No document of the one has a word of these: neither names nor titles, dates or paths.
WORDS = {
    "tides": ("tides", "marrowby", "halvard", "sunderly", "mtc", "zephirine", "gauge", "1904"),
    "forges": ("forges", "quennick", "ottalie", "brandvoss", "qfa", "tolvarine", "anvil", "hammer", "1923"),
}


class Two(Struct):
    """A server of two corpora. clients: by the name of a corpus, of a key that may ask only that one; "both" and "ops"
    besides."""

    url: str
    settings: Settings
    clients: dict[str, httpx.Client]

    def ask(self, key: str, question: str, path: str = "/api/ask", **fields: object) -> dict[str, Any]:
        reply = self.clients[key].post(path, json={"question": question, **fields})
        assert reply.status_code == 200, reply.text
        return dict(reply.json())


def folders(base: Path) -> dict[str, CorpusSettings]:
    """The texts as files."""
    for name, texts in TEXTS.items():
        for path, text in texts.items():
            (base / name / path).parent.mkdir(parents=True, exist_ok=True)
            (base / name / path).write_text(text, encoding="utf-8")
            os.utime(base / name / path, (1_700_000_000, 1_700_000_000))  # a file of just now may still be written
    return {name: CorpusSettings(base / name, title) for name, title in TITLES.items()}


@contextmanager
def served(settings: Settings, broken: str = "") -> Iterator[str]:
    """A server of these settings, once it has read what it can. broken: a corpus that it cannot."""
    parts = parts_of(settings)
    indexers = [part.indexer for name, part in parts.items() if part.indexer is not None and name != broken]
    with serving(create_app_of(settings, parts)) as url:
        until(lambda: all(each.status.finished_at or each.status.error for each in indexers))
        yield url


@contextmanager
def two(base: Path) -> Iterator[Two]:
    """A server of both, with keys."""
    settings = Settings(data=base / "data", corpora=folders(base), queue=64, watch=False)
    (base / "data").mkdir()
    with Keys.open(base / "data" / FILE_NAME) as keys:
        made = {name: keys.add(name, "ask", (), 10_000, (name,))[1] for name in TEXTS}
        made["both"] = keys.add("both", "ask", (), 10_000)[1]
        made["ops"] = keys.add("ops", "admin")[1]
    with served(settings) as url:
        clients = {name: client(url, key) for name, key in made.items()}
        yield Two(url, settings, clients)
        for each in clients.values():
            each.close()


def client(url: str, key: str) -> httpx.Client:
    """Of whoever holds the key."""
    return httpx.Client(base_url=url, timeout=PATIENCE, headers={"Authorization": f"Bearer {key}"})
