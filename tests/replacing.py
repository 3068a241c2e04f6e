"""Another content for a file that something may have mapped into memory."""

from pathlib import Path


def replace_content(file: Path, content: bytes) -> None:
    """By a new file in its place: who still reads the old one by a map would die of a file cut short (SIGBUS)."""
    new = file.with_name(f"{file.name}.new")
    new.write_bytes(content)
    new.replace(file)
