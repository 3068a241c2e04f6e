"""The files of the page as they are served; tests/web/page drives them in a browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from msgspec import json

from web.http.page import ASSETS, LABELS_MODULE, page_router, read_assets
from web.rendering.labels import Meaning, meanings


@pytest.fixture
def client() -> Iterator[TestClient[Litestar]]:
    with TestClient(Litestar([page_router])) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/sources/anything", "text/html; charset=utf-8"),
        ("/static/app.js", "text/javascript; charset=utf-8"),
        ("/static/footnote.css", "text/css; charset=utf-8"),
        ("/static/icon.svg", "image/svg+xml"),
    ],
)
def test_files_come_typed_guarded_and_revalidated(client: TestClient[Litestar], path: str, media_type: str) -> None:
    first = client.get(path)
    assert first.status_code == 200
    assert first.headers["content-type"] == media_type
    assert first.headers["cache-control"] == "no-cache"
    for rule in ("default-src 'none'", "script-src 'self'", "base-uri 'none'", "require-trusted-types-for 'script'"):
        assert rule in first.headers["content-security-policy"].split("; ")
    again = client.get(path, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    head = client.head(path)
    assert (head.status_code, head.headers["etag"]) == (200, first.headers["etag"])


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fpage.py", "%2e%2e/page.py", "page.py", ""])
def test_only_the_pages_own_files_are_served(client: TestClient[Litestar], name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_the_page_says_of_the_labels_what_the_terminal_says() -> None:
    written = ASSETS[LABELS_MODULE].content.removeprefix(b"export const LABELS = ").removesuffix(b";\n")
    assert json.decode(written, type=dict[str, Meaning]) == meanings()


def test_a_changed_file_has_another_etag(tmp_path: Path) -> None:
    tags = []
    for content in ("a", "b"):
        (tmp_path / "app.js").write_text(content)
        (tmp_path / "notes.txt").write_text("not for the browser")
        assets = read_assets(tmp_path)
        assert list(assets) == ["app.js"]
        tags.append(assets["app.js"].etag)
    assert tags[0] != tags[1]


def test_the_page_is_small_and_whole() -> None:
    """Under 100 KB as sent; no inline script or style; nothing named that is not ours; every import exists."""
    loaded = {"index.html", *re.findall(r'(?:src|href)="/static/([\w.]+)"', ASSETS["index.html"].content.decode())}
    assert "index.bundle.js" in loaded
    assert sum(len(ASSETS[name].compressed) for name in loaded) < 100_000
    for name, asset in ASSETS.items():
        text = asset.content.decode()
        links = set(re.findall(r"(?:https?:)?//[a-z][\w.-]+\.[a-z]+\S*", text)) - {"http://www.w3.org/2000/svg"}
        assert not {link for link in links if not link.startswith('http://www.w3.org/2000/svg"')}, name
        for imported in re.findall(r'from "\./([\w.]+)"', text) + re.findall(r'(?:src|href)="/static/([\w.]+)"', text):
            assert imported in ASSETS, f"{name} names {imported}"
        if name.endswith(".html"):
            assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", text), name
        if name.endswith(".js"):
            assert not re.search(
                r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
            ), name


@pytest.mark.parametrize(
    ("page", "entries"),
    [
        ("index", ["early.js", "app.js"]),
        ("source", ["sourcepage.js"]),
        ("sources", ["sourcespage.js"]),
        ("gaps", ["gaps.js"]),
    ],
)
def test_a_page_loads_one_script_with_all_of_its_modules(page: str, entries: list[str]) -> None:
    wanted, seen = [*entries], set()
    while wanted:
        name = wanted.pop()
        seen.add(name)
        wanted += set(re.findall(r'from "\./([\w.]+)"', ASSETS[name].content.decode())) - seen
    loaded = re.findall(r'(?:src|href)="/static/([\w.]+)"', ASSETS[f"{page}.html"].content.decode())
    assert {each for each in loaded if not each.endswith(".svg")} == {f"{page}.bundle.js", f"{page}.bundle.css"}
    bundled = re.findall(r"^// ([\w.]+)$", ASSETS[f"{page}.bundle.js"].content.decode(), re.MULTILINE)
    assert sorted(each for each in bundled if each in ASSETS) == sorted(seen)
