"""Source code: what comments say stands under what they belong to, and the rest is code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extracted import blocks, document, place, units

PYTHON = '''\
#!/usr/bin/env python
# Copyright 2026 Ada. Licensed under MIT.
"""Tides of Brest."""

import os

# How many metres
# the tide rises.
RISE = 7


class Tide:
    """A tide."""

    # Adds two.
    @cached
    def add(self, a, b):
        """Adds a and b.

        Slowly.
        """
        return a + b  # not text
'''
SCRIPT = """\
/**
 * Reads a file.
 */
export async function read(path) {
  // Opens it.
  return open(path);
}
"""
JAVA = """\
package x;
/** A tide. */
public class Tide {
    /** Its height. */
    public int height(int day) {
        return 7;
    }
}
"""
SQL = "-- Who bought what.\nCREATE TABLE IF NOT EXISTS orders (\n  id INTEGER\n);\n"
SHELL = "#!/bin/sh\n# Starts the server.\nexec serve\n"


def test_python() -> None:
    made = document(PYTHON, "tides.py")
    assert made.format == "code"
    assert blocks(made, "furniture") == ["Copyright 2026 Ada. Licensed under MIT."]
    assert blocks(made, "heading") == ["class Tide", "def add(self, a, b)"]
    said = {unit[1]: unit[2] for unit in units(made) if unit[0] == "sentence"}
    assert "Tides of Brest." in said
    assert "How many metres\nthe tide rises." in said
    assert said["A tide."] == ("class Tide",)
    assert said["Adds two."] == said["Slowly."] == ("def add(self, a, b)",)
    assert "return a + b  # not text" in blocks(made, "code")
    assert place(made, "Slowly") == "line 20"


@pytest.mark.parametrize(
    ("text", "name", "heading", "said"),
    [
        (SCRIPT, "a.js", "export async function read(path)", ["Reads a file.", "Opens it."]),
        (SCRIPT, "a.ts", "export async function read(path)", ["Reads a file.", "Opens it."]),
        (JAVA, "Tide.java", "public int height(int day)", ["Its height."]),
        (SQL, "a.sql", "CREATE TABLE IF NOT EXISTS orders (", ["Who bought what."]),
        ("// Adds.\nfunc Add(a int) int {\n}\n", "a.go", "func Add(a int) int", ["Adds."]),
        ("/// Adds.\npub fn add(a: i32) -> i32 {\n}\n", "a.rs", "pub fn add(a: i32) -> i32", ["Adds."]),
        ("# Adds.\ndef add(a)\nend\n", "a.rb", "def add(a)", ["Adds."]),
        ("/* Adds. */\nstatic int add(int a)\n{\n}\n", "a.c", "static int add(int a)", ["Adds."]),
    ],
)
def test_comments_stand_under_what_they_are_over(text: str, name: str, heading: str, said: list[str]) -> None:
    made = document(text, name)
    assert heading in blocks(made, "heading")
    assert [unit[1] for unit in units(made) if heading in unit[2] and unit[0] == "sentence"] == said


def test_a_script() -> None:
    made = document(SHELL, "start.sh")
    assert blocks(made, "paragraph") == ["Starts the server."]
    assert "exec serve" in blocks(made, "code")


def test_what_programs_made_is_left_out_and_told() -> None:
    made = document("var a=1;" * 5_000, "a.min.js")
    assert made.text == ""
    assert "minified" in made.warnings[0]


def test_long_code_is_cut_into_pieces() -> None:
    made = document("".join(f"x = {number}\n" for number in range(200)), "a.py")
    assert max(len(each.split("\n")) for each in blocks(made, "code")) == 60


@given(
    st.lists(
        st.sampled_from(["# a\n", '"""', "def f():\n", "/*", "*/", "// b\n", "\n", "  ", "class A {\n", "x"]),
        max_size=30,
    )
)
def test_any_code_reads(pieces: list[str]) -> None:
    for name in ("a.py", "a.js", "a.unknown.c"):
        document("".join(pieces), name)
