"""No module of qa outside the language layer steers by English words: patterns and sets of words are read there.

Found are words in patterns that are compiled or used at once, and in sets of words, wherever a module has them.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paths import ROOT

# What still holds such words, and how many places there are; a number may only fall.
ALLOWED = {
    "qa/composing/conflicts.py": 2,
    "qa/composing/redundancy.py": 5,
    "qa/composing/statements.py": 11,
    "qa/conversations/export.py": 1,  # "www"
    "qa/datasets/synthetic.py": 12,
    "qa/followups/antecedents.py": 1,  # "and", which parts a row of names
    "qa/reading/features.py": 2,
    "qa/reading/spans.py": 7,
}
# Of text that is no English: names of fields, of files and of formats.
NO_ENGLISH = ("qa/language", "qa/evaluation", "qa/training")
_NO_WORD = re.compile(r"\\[a-zA-Z]|\(\?(?:P<\w+>|[:=!>]|<[=!]|[a-z]+:)|\[[^\]]*\]|\{[^}]*\}")
_WORD = re.compile(r"[a-z]{2,}")


def english_words(source: str) -> Iterator[tuple[int, str]]:
    """The line and the words of each pattern and set of words."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args:
            words = _WORD.findall(_NO_WORD.sub(" ", _text(node.args[0])))
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("frozenset", "set") and node.args:
            words = _WORD.findall(_text(node.args[0]))
        elif isinstance(node, ast.Set):
            words = [word for each in node.elts for word in _WORD.findall(_text(each))]
        else:
            continue
        if words:
            yield node.lineno, " ".join(words)


def _text(node: ast.AST) -> str:
    """The constant text below a node."""
    return " ".join(
        each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)
    )


MODULES = {
    path.relative_to(ROOT).as_posix(): path
    for path in sorted((ROOT / "qa").rglob("*.py"))
    if not path.relative_to(ROOT).as_posix().startswith(NO_ENGLISH)
}


@pytest.mark.parametrize("path", MODULES.values(), ids=MODULES)
def test_words_that_steer_are_in_the_language(path: Path) -> None:
    found = list(english_words(path.read_text(encoding="utf-8")))
    assert len(found) <= ALLOWED.get(path.relative_to(ROOT).as_posix(), 0), found


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('re.compile(r"\\bnot\\b|(?P<name>\\w+)")', ["not"]),
        ('re.search(rf"{x} (?:and|or)", text)', ["and or"]),
        ('frozenset("he she".split())', ["he she"]),
        ('x in {"he", "she"}', ["he she"]),
        ('re.compile(r"[a-z]+(?<!\\s)\\d{2,3}")', []),
        ("frozenset((Kind.A, Kind.B))", []),
    ],
)
def test_words_are_found(source: str, words: list[str]) -> None:
    assert [found for _, found in english_words(source)] == words
