"""The commands of a page as one script, run as a person would who pastes them one after another."""

import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.paths import ROOT

ADDRESSES = re.compile(r"\b(?:localhost|127\.0\.0\.1):8000\b")
LANGUAGES = frozenset({"sh", "python"})
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HERE = re.compile(r"<<-?\s*['\"]?(\w+)")
_HEAD = """set -euo pipefail
trap 'echo "This failed: $BASH_COMMAND" >&2' ERR
"""

# Commands by their beginning, and why no test runs them.
LEFT_OUT = {
    "make": "sets up this checkout or measures it; every test run begins with `make test`",
    "pip install": "changes what the tests run with",
    "docker": "needs a Docker engine",
    "sudo": "changes the machine",
    "footnote calibrate questions.jsonl": "needs questions of one's own; tests/web/commands/test_calibrate.py has some",
}
# Pages of which no command is run here, and why.
PAGES_LEFT_OUT = {
    "quality.md": "its commands ask thousands of questions of sets that are not in the repository",
    "python.md": "tests/test_python.py runs it",
    "dependencies.md": "its commands make environments and locks",
    "testing.md": "its command runs the tests over and over",
}

# What stands for a program: a server is stopped once it answers, and a refusal by HTTP is a failure of curl's.
_SHIMS = {
    "python": '#!/bin/sh\nexec {python} "$@"\n',
    "python3": '#!/bin/sh\nexec {python} "$@"\n',
    "curl": '#!/bin/sh\nexec {curl} --fail-with-body "$@"\n',
    "footnote": '#!/bin/sh\ncase "$1" in\nserve) exec {python} -m tests.pasted "$@" ;;\n'
    '*) exec {python} -m web "$@" ;;\nesac\n',
}


def fences(page: Path) -> list[tuple[str, str]]:
    """(language, code) of each."""
    return _FENCE.findall(page.read_text(encoding="utf-8"))


def commands(code: str) -> Iterator[str]:
    """The commands of a shell's fence, each with the lines that belong to it."""
    held = ""
    for line in code.splitlines(keepends=True):
        held += line
        if _is_whole(held):
            yield held
            held = ""
    if held:
        yield held


def is_left_out(command: str) -> bool:
    """Whether no test runs it."""
    return command.lstrip().startswith(tuple(LEFT_OUT))


def steps_of(page: Path) -> list[tuple[str, str]]:
    """(language, code) of each command and program of the page that is run, in order."""
    if page.name in PAGES_LEFT_OUT:
        return []
    steps: list[tuple[str, str]] = []
    for language, code in fences(page):
        if language == "sh":
            steps += [("sh", command) for command in commands(code) if not is_left_out(command)]
        elif language == "python":
            steps.append(("python", code))
    return steps


def script_of(page: Path, folder: Path, address: str) -> str:
    """The steps of the page as one bash script; Python goes into files in `folder`. address: of the server."""
    script = _HEAD
    for number, (language, step) in enumerate(steps_of(page)):
        code = ADDRESSES.sub(address, step)
        if language == "python":
            (folder / f"step_{number}.py").write_text(code, encoding="utf-8")
        script += code if language == "sh" else f"python step_{number}.py\n"
    return script


def run(script: str, folder: Path, variables: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run it in `folder`; its home is `home` there."""
    programs = folder / ".programs"
    programs.mkdir()
    names = {"python": shlex.quote(sys.executable), "curl": shlex.quote(shutil.which("curl") or "curl")}
    for name, shim in _SHIMS.items():
        file = programs / name
        file.write_text(shim.replace("{python}", names["python"]).replace("{curl}", names["curl"]))
        file.chmod(stat.S_IRWXU)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    path = f"{programs}{os.pathsep}{inherited.get('PATH', os.defpath)}"
    environment = {**inherited, "PATH": path, "HOME": str(folder / "home"), "PYTHONPATH": str(ROOT), **variables}
    return subprocess.run(
        ["bash", "-c", script],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=500,
    )  # fmt: skip


def _is_whole(held: str) -> bool:
    if held.endswith("\\\n"):
        return False
    here = _HERE.search(held)
    if here:
        return held.splitlines()[-1].strip() == here[1]
    try:
        shlex.split(held, comments=True)
    except ValueError:  # a quotation that is still open
        return False
    return True


def _serve_until_it_answers(arguments: list[str]) -> int:
    command = [sys.executable, "-m", "web", *arguments, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        for line in server.stderr:
            print(line, end="", file=sys.stderr)  # noqa: T201 (as the server would)
            if found := re.search(r"http://\S+:(\d+)", line):
                break
        else:
            return server.wait() or 1
        status = subprocess.call(
            ["curl", "-s", "-o", os.devnull, "--retry", "30", "--retry-connrefused",
             f"http://127.0.0.1:{found[1]}/health/live"]
        )  # fmt: skip
        server.terminate()
        return status


if __name__ == "__main__":
    sys.exit(_serve_until_it_answers(sys.argv[1:]))
