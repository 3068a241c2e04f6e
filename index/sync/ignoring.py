"""`.footnoteignore`: which files are not to be read, written as `.gitignore` files are, and the line that says so."""

import re
from pathlib import Path, PurePosixPath
from typing import Self

from msgspec import Struct
from pathspec.patterns.gitignore.base import GitIgnorePatternError
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from index.beneath import open_beneath
from index.errors import InputError

FILE_NAME = ".footnoteignore"
_MOST_BYTES = 1_000_000  # by hand: who lists that much moves the files instead
# What pathspec has a shorter expression for, which fits what lies below a match as well.
_EVERYTHING = re.compile(r"(!?)/?(?:\*\*/)*(?:\*\*|(?<!^/)(?<!^!/)\*)(/?)")


class Rule(Struct, frozen=True):
    """A line that says something. line: its number, from 1. expression: what the whole path has to fit, a folder's with
    "/" at its end. ignores: False where it brings back what a line before ignored."""

    line: int
    expression: re.Pattern[str]
    ignores: bool


class IgnoreFile(Struct, frozen=True):
    """The rules of one file. source: its path below the corpus folder; they are read from its folder on."""

    source: str
    rules: tuple[Rule, ...]

    @classmethod
    def read(cls, folder: Path, source: str) -> Self | None:
        """That of a folder, None if it has none. Raises InputError, which names the line if one is at fault."""
        try:
            file = (folder / FILE_NAME).resolve(strict=True)  # it may be a link; it must not be a FIFO
            with open_beneath(file.parent, file.name) as stream:
                content = stream.read(_MOST_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise InputError(f"{source} cannot be read ({error.strerror}).") from error
        if len(content) > _MOST_BYTES:
            raise InputError(f"{source} has more than {_MOST_BYTES:,} bytes.")
        try:
            lines = content.decode("utf-8-sig").split("\n")
        except UnicodeDecodeError as error:
            raise InputError(f"{source} is not UTF-8.") from error
        rules = (_rule(source, number, line.removesuffix("\r")) for number, line in enumerate(lines, start=1))
        return cls(source, tuple(rule for rule in rules if rule is not None))

    def decides(self, path: str) -> Rule | None:
        """The last rule that fits a path below its folder (a folder's ends in "/")."""
        return next((rule for rule in reversed(self.rules) if rule.expression.fullmatch(path)), None)


class Ignoring(Struct, frozen=True):
    """The ignore files that hold in a folder, from the corpus folder's down to its own. As in git, a deeper one beats
    those above it, the last line that fits counts, and nothing in an ignored folder can be brought back."""

    files: tuple[IgnoreFile, ...] = ()

    def within(self, folder: Path, source: str) -> "Ignoring":
        """The same with the folder's own; source: its path below the corpus folder, "" for that itself. Raises what
        `IgnoreFile.read` does."""
        own = IgnoreFile.read(folder, f"{source}/{FILE_NAME}" if source else FILE_NAME)
        return self if own is None else Ignoring((*self.files, own))

    def why(self, source: str, *, is_folder: bool = False) -> str:
        """Why a path below the corpus folder is not read, "" if no line says so. The folders it lies in are not looked
        at."""
        for file in reversed(self.files):
            path = PurePosixPath(source).relative_to(PurePosixPath(file.source).parent).as_posix()
            rule = file.decides(f"{path}/" if is_folder else path)
            if rule is not None:
                return f"ignored by line {rule.line} of {file.source}" if rule.ignores else ""
        return ""


def _rule(source: str, number: int, line: str) -> Rule | None:
    try:
        pattern = GitIgnoreSpecPattern(_exact(line))
    except GitIgnorePatternError as error:
        raise InputError(f"Line {number} of {source} is no pattern: {line.strip()!r}.") from error
    if pattern.include is None or pattern.regex is None:
        return None
    return Rule(number, pattern.regex, pattern.include)


def _exact(line: str) -> str:
    """The same pattern in a form of which pathspec makes an expression that fits whole paths."""
    line = line if line.endswith("\\ ") else line.rstrip(" \t")
    if everything := _EVERYTHING.fullmatch(line):
        return f"{everything[1]}?*{everything[2]}"
    return f"{line}/*" if line.endswith("/**") else line
