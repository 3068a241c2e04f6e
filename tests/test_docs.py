"""The documents people read, held against the code: links, commands, names of files and tests, and the drawing."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests import house
from tests.paths import ROOT
from web.cli import COMMANDS, footnote
from web.settings.layers import FILE_NAME
from web.settings.settings import load

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_ASSIGNMENT = re.compile(r"\w+=")
page_of = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def fences(page: Path, language: str) -> list[str]:
    return [code for name, code in _FENCE.findall(page.read_text(encoding="utf-8")) if name == language]


def prose(page: Path) -> str:
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def command_lines(page: Path) -> Iterator[list[str]]:
    """Simple commands, word by word, of the shell's fences and of code in the text."""
    for script in [*fences(page, "sh"), *_CODE.findall(prose(page))]:
        for line in script.replace("\\\n", " ").splitlines():
            try:
                words = list(shlex.shlex(line, posix=True, punctuation_chars=True))
            except ValueError:  # a lone quote: code of another kind
                continue
            yield from _simple(words)


def _simple(words: list[str]) -> Iterator[list[str]]:
    command: list[str] = []
    for word in [*words, ";"]:
        if set(word) <= set(";|&<>"):
            yield command
            command = [] if ">" not in word and "<" not in word else ["(a file)"]
        elif command or not _ASSIGNMENT.match(word):
            command.append(word)


def lines_of(program: str, page: Path) -> list[list[str]]:
    return [words[1:] for words in command_lines(page) if words and Path(words[0]).name == program]


def slug(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")


@page_of
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        assert file.exists(), f"{page.name} links to {target}, which is not there"
        if anchor:
            headings = re.findall(r"^#+ +(.+)$", prose(file), re.MULTILINE)
            assert anchor in map(slug, headings), f"{page.name} links to {target}, and there is no such heading"


@page_of
def test_commands_and_their_options_exist(page: Path) -> None:
    for words in lines_of("footnote", page):
        name = words[0] if words else "--help"
        if name.startswith("-"):
            assert name in ("-h", "--help", "--version")
            continue
        if name == "[":  # `footnote[eval]` is what pip installs
            continue
        command = footnote.get_command(click.Context(footnote), name)
        assert command is not None, f"{page.name}: there is no command {name} (`footnote {' '.join(words)}`)"
        context = click.Context(command, info_name=name)
        if isinstance(command, click.Group) and len(words) > 1:
            words = words[1:]
            command = command.get_command(context, words[0])
            assert command is not None, f"{page.name}: there is no command {name} {words[0]}"
            context = click.Context(command, info_name=words[0])
        try:
            command.make_parser(context).parse_args(words[1:])
        except click.UsageError as error:
            if len(words) > 1:  # `footnote ask` alone is the command's name
                pytest.fail(f"{page.name}: `footnote {' '.join(words)}`: {error.format_message()}")


@page_of
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for words in lines_of("make", page):
        assert {word for word in words if "=" not in word} <= targets, f"{page.name}: `make {' '.join(words)}`"


@page_of
def test_python_compiles(page: Path) -> None:
    for code in fences(page, "python"):
        compile(code, str(page), "exec")


@page_of
def test_settings_files_load(page: Path, tmp_path: Path) -> None:
    for code in fences(page, "toml"):
        (tmp_path / FILE_NAME).write_text(code, encoding="utf-8")
        assert load({}, {}, tmp_path).file


@page_of
def test_files_and_tests_that_are_named_exist(page: Path) -> None:
    for code in _CODE.findall(prose(page)):
        found = re.fullmatch(r"((?:index|qa|web|tests|docs|seeds)/[\w./-]*)(?:::(\w+))?", code)
        if not found:
            continue
        path = ROOT / found[1]
        assert path.exists(), f"{page.name} names {found[1]}, which is not there"
        assert not found[2] or f"def {found[2]}(" in path.read_text(encoding="utf-8"), f"{page.name} names {code}"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        links = [(page.parent / link.partition("#")[0]).resolve() for link in _LINK.findall(prose(page))]
        waiting += [link for link in links if link in PAGES and link not in reached]
    assert set(PAGES) <= reached


def test_the_readme_shows_the_commands_one_starts_with() -> None:
    shown = {words[0] for words in lines_of("footnote", ROOT / "README.md") if words}
    assert {"serve", "ask", "chat", "index", "verify", "doctor"} <= shown
    assert shown - {"--help"} <= COMMANDS.keys()


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs" / "images").iterdir())
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size > 250_000] == []


def test_imports_are_as_drawn() -> None:
    """docs/architecture.md, "Who imports whom"; that there is an order at all means that no rooms go in a circle."""
    assert house.drawn() == house.drawing(), "python -m tests.house --write"


def test_packages_import_one_way() -> None:
    place = {package: number for number, package in enumerate(house.PACKAGES)}
    for name, others in house.imports().items():
        for other in others:
            assert place[other.split(".")[0]] <= place[name.split(".")[0]], f"{name} imports {other}"
