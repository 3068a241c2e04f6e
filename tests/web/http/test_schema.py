"""The API's description, and the page over it that needs no other host."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import httpx
import pytest
from msgspec import convert, json, to_builtins

from index.types import UnitKind
from qa.types import Claim, Mention, Reply, ShortAnswer
from tests.fakes import FakeService
from tests.paths import ROOT, SEEDS
from tests.reading import open_text
from tests.servers import serving
from tests.structured import block_of
from tests.waiting import PATIENCE
from web.app import create_app
from web.http import examples
from web.rendering.plain import citations_of
from web.settings.settings import Settings

SEEDS_NAMES = sorted(path.name for path in SEEDS.glob("*.txt"))


@pytest.fixture(scope="module")
def fake_client() -> Iterator[httpx.Client]:
    with (
        serving(create_app(Settings(), FakeService)) as url,
        httpx.Client(base_url=url, timeout=PATIENCE) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def described(fake_client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = fake_client.get("/schema/openapi.json").json()
    return found


def _operations(described: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["operationId"]: each for methods in described["paths"].values() for each in methods.values()}


def test_it_describes_the_api_and_nothing_else(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {
        "/api/ask",
        "/api/collections",
        "/api/collections/{filter_id}",
        "/api/sources",
        "/api/sources/sync",
        "/api/sources/unread",
        "/api/sources/{document_id}",
        "/api/sources/{document_id}/cited",
        "/api/sources/{document_id}/summary",
        "/api/sources/{document_id}/original",
        "/api/sources/{document_id}/pages",
        "/api/sources/{document_id}/pages/{name}",
        "/api/sources/{document_id}/place",
        "/api/corpora",
        "/api/library",
        "/api/trash",
        "/api/trash/{trash_id}/restore",
        "/api/passages/{passage_id}",
        "/api/verify",
        "/api/conversations",
        "/api/conversations/{conversation_id}",
        "/api/conversations/{conversation_id}/export",
        "/api/answers/{reply_id}",
        "/api/feedback",
        "/api/feedback/{feedback_id}",
        "/api/feedback/{feedback_id}/keep",
        "/api/gaps",
        "/api/suggestions",
        "/api/sync",
        "/health/live",
        "/health/ready",
    }
    for name, operation in _operations(described).items():
        assert operation["summary"], name
        assert operation["description"], name


def test_what_an_answer_is_made_of_is_told(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    for name, field in (("ContentBlock", "also"), ("Count", "sought"), ("Mention", "date"), ("Reply", "disagreement")):
        assert f"{field}:" in schemas[name]["description"], name
        assert field in schemas[name]["properties"]


def test_errors_are_problems(described: dict[str, Any]) -> None:
    for name, operation in _operations(described).items():
        for status, response in operation["responses"].items():
            if int(status) >= 400 and response.get("content"):
                assert "application/problem+json" in response["content"] or status == "400", (name, status)
    assert {"400", "413", "415", "503"} <= set(_operations(described)["ask"]["responses"])


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    names = re.findall(r"#/components/schemas/([^'\"]+)", str(described))
    assert names
    assert set(names) <= set(described["components"]["schemas"])


def _text(source: str) -> str:
    return (SEEDS / source).read_bytes().decode()


def _hold_against_the_seeds(reply: Reply) -> None:
    cited = {each.number: each for each in citations_of(reply)}
    assert list(cited) == list(range(1, len(cited) + 1))
    for each in cited.values():
        document = _text(each.source)
        assert document[each.start_char_index : each.end_char_index] == each.cited_text
        assert sha256(document.encode()).hexdigest() == each.content_sha256
        assert each.url == f"/sources/{each.document_id}#char={each.start_char_index},{each.end_char_index}"
    for passage in reply.passages:
        assert _text(passage.source)[passage.start_char_index : passage.end_char_index] == passage.text
    values: list[tuple[str, ShortAnswer | Mention]] = [
        (side.text, place) for side in reply.groups for place in side.mentions
    ]
    for words, place in [*values, *([(reply.answer.text, reply.answer)] if reply.answer else [])]:
        document = _text(cited[place.citation].source)
        assert document[place.start_char_index : place.end_char_index] == words
    if reply.count:
        holding = [text.count(word) for text in map(_text, SEEDS_NAMES) for word in reply.count.sought]
        assert (reply.count.documents, reply.count.documents_scanned) == (sum(map(bool, holding)), len(SEEDS_NAMES))
        assert reply.count.mentions == sum(holding)
        assert reply.count.cited == len(cited)


def test_the_examples_are_of_the_types_they_are_examples_of(described: dict[str, Any]) -> None:
    content = _operations(described)["ask"]["responses"]["200"]["content"]["application/json"]
    shown = [example["value"] for example in content["examples"].values()]
    names = ("ANSWERED", "SAID_AGAIN", "DIFFERING", "EXHAUSTIVE", "ABSTAINED")
    assert shown == [getattr(examples, name) for name in names]
    for value in shown:
        _hold_against_the_seeds(convert(value, Reply, strict=True))
    convert(examples.CLAIM, Claim)


def _is_part(shown: Any, whole: Any) -> bool:
    """Whether `shown` is `whole` with fields left out."""
    if isinstance(shown, dict):
        return all(key in whole and _is_part(value, whole[key]) for key, value in shown.items())
    if isinstance(shown, list):
        return len(shown) == len(whole) and all(map(_is_part, shown, whole))
    return bool(shown == whole)


def test_the_documentation_shows_the_same_examples() -> None:
    page = (SEEDS.parent / "docs" / "api.md").read_text(encoding="utf-8")
    shown = [json.decode(each) for each in re.findall(r"^```json\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)]
    wholes = (examples.ROW, examples.DIFFERING, examples.EXHAUSTIVE, examples.SAID_AGAIN, examples.SUGGESTED)
    assert [_is_part(part, whole) for part, whole in zip(shown, wholes, strict=True)] == [True] * len(wholes)


def test_the_row_is_shown_as_it_is_read() -> None:
    opened = open_text(examples.TABLE, "ports.md")
    (row,) = (unit for unit in opened.sentences if unit.kind is UnitKind.ROW)
    assert _is_part(examples.ROW, to_builtins(block_of(opened, "row", row)))


def test_the_page_loads_from_here_only(fake_client: httpx.Client) -> None:
    page = fake_client.get("/schema")
    assert page.headers["content-type"].startswith("text/html")
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(addresses) >= 4
    for address in addresses:
        assert address.startswith("/")
        assert fake_client.get(address).status_code == 200, address
    assert "style=" not in page.text
    assert not re.search(r"<script(?![^>]* src=)", page.text)


@pytest.mark.parametrize("name", ["nothing.js", "LICENSE", "..%2Fschema.js"])
def test_the_pages_files_and_no_others(fake_client: httpx.Client, name: str) -> None:
    assert fake_client.get(f"/schema/assets/{name}").status_code == 404


def test_the_vendored_files_are_licensed_and_dated() -> None:
    folder = ROOT / "web" / "static" / "vendor" / "swagger-ui"
    assert "Apache License" in (folder / "LICENSE").read_text()
    assert "swagger-ui-dist 5." in (folder / "VERSION").read_text()
