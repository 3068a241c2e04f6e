"""Names of files as they come from elsewhere, made safe to be a file's name on any system."""

import re
import unicodedata

from index.errors import InputError

_MOST_BYTES = 200  # of a name: most file systems take 255, and " (2)" and a draft's marks need room; by hand
_MOST_PATH_BYTES = 900  # of a path below the corpus folder; by hand, well under the 4,096 of Linux and 1,024 of macOS
_MOST_FOLDERS = 16
_UNFIT = re.compile(r'[<>:"|?*/\\]')  # what Windows has no names with; "/" and "\" would be folders
# Windows keeps these for devices, in any case and whatever stands behind the dot.
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # which some scripts need
_NAMELESS = "document"


def clean_name(given: str) -> str:
    """A file's or a folder's name, out of whatever was given as one; never empty, never a path.

    What is left of a path is its last part. In NFC; without characters that do not show, without dots before and dots
    and spaces behind; "_" for what Windows has no names with; cut to 200 bytes of UTF-8, the suffix kept.
    """
    name = re.split(r"[/\\]", given.rstrip("/\\"))[-1]
    name = unicodedata.normalize("NFC", "".join(" " if each.isspace() else each for each in name if _is_seen(each)))
    name = _trimmed(_UNFIT.sub("_", name))
    if _RESERVED.match(name):
        name = f"_{name}"
    return _cut(name) or _NAMELESS


def clean_folder(given: str) -> str:
    """A folder below the corpus folder, its parts parted by "/"; "" for that itself. Raises InputError for ".." and for
    one that is too deep or too long."""
    parts = [part for part in re.split(r"[/\\]", given) if part not in ("", ".")]
    if ".." in (part.strip() for part in parts):
        raise InputError(f"The folder {given!r} leads out of the folder of documents.")
    path = "/".join(clean_name(part) for part in parts)
    if len(parts) > _MOST_FOLDERS or len(path.encode()) > _MOST_PATH_BYTES - _MOST_BYTES:
        raise InputError(f"The folder is too deep or its path too long: at most {_MOST_FOLDERS} folders.")
    return path


def clean_path(given: str) -> str:
    """The path of a file below the corpus folder. Raises what `clean_folder` does, and InputError for no name."""
    folder, _, name = given.replace("\\", "/").rpartition("/")
    if not name.strip(" ."):
        raise InputError("A file's name is needed.")
    folder = clean_folder(folder)
    return f"{folder}/{clean_name(name)}" if folder else clean_name(name)


def numbered(name: str, number: int) -> str:
    """Another name like it: "report (2).pdf"."""
    stem, suffix = _parted(name)
    mark = f" ({number})"
    return f"{_shortened(stem, _MOST_BYTES - len((mark + suffix).encode()))}{mark}{suffix}"


def _is_seen(character: str) -> bool:
    return character.isspace() or character in _JOINERS or unicodedata.category(character) not in _UNSEEN


def _trimmed(name: str) -> str:
    return re.sub(r" +", " ", name).lstrip(" .").rstrip(" .")


def _parted(name: str) -> tuple[str, str]:
    """Stem and suffix; a suffix that is very long is none."""
    stem, dot, suffix = name.rpartition(".")
    return (stem, dot + suffix) if stem and 0 < len(suffix.encode()) <= 20 else (name, "")


def _cut(name: str) -> str:
    if len(name.encode()) <= _MOST_BYTES:
        return name
    stem, suffix = _parted(name)
    return _trimmed(_shortened(stem, _MOST_BYTES - len(suffix.encode())) + suffix)


def _shortened(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode(errors="ignore").rstrip(" .")
