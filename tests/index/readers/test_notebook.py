"""Notebooks: text, code and what it printed, each in its cell."""

import json

import pytest

from index.errors import DocumentError
from tests.extracted import blocks, document, place

CELLS: list[dict[str, object]] = [
    {"cell_type": "markdown", "source": ["# Tides\n", "\n", "They rise *twice* a day."]},
    {
        "cell_type": "code",
        "source": "print(1)\nx < 3",
        "outputs": [
            {"output_type": "stream", "text": ["1\n"]},
            {"output_type": "display_data", "data": {"image/png": "AAAA"}},
            {"output_type": "execute_result", "data": {"text/plain": ["42"], "text/html": "<b>42</b>"}},
            {"output_type": "error", "ename": "KeyError", "evalue": "'x'"},
        ],
    },
    {"cell_type": "raw", "source": "A raw cell."},
]


def test_cells() -> None:
    made = document(json.dumps({"cells": CELLS, "nbformat": 4}), "a.ipynb")
    assert made.format == "notebook"
    assert made.title == "Tides"
    assert blocks(made, "code") == ["print(1)\nx < 3", "1", "42", "KeyError: 'x'"]
    assert "They rise *twice* a day." in blocks(made, "paragraph")
    assert (place(made, "twice"), place(made, "42")) == ("cell 1", "cell 2, output")
    assert "1 outputs" in made.warnings[0]


def test_a_notebook_of_version_3() -> None:
    cells = [{"cell_type": "heading", "level": 2, "source": "Tides"}, {"cell_type": "code", "input": "x = 1"}]
    made = document(json.dumps({"worksheets": [{"cells": cells}], "nbformat": 3}), "a.ipynb")
    assert blocks(made, "code") == ["x = 1"]


def test_a_notebook_without_its_ending_is_found_by_content() -> None:
    assert document(json.dumps({"cells": CELLS, "nbformat": 4}), "NOTEBOOK").format == "notebook"


@pytest.mark.parametrize("data", ["", "{", "[" * 100_000, '{"cells": "x'])
def test_what_is_no_notebook_is_told(data: str) -> None:
    with pytest.raises(DocumentError, match="no whole notebook"):
        document(data, "a.ipynb")


@pytest.mark.parametrize("root", [[], {"cells": 3}, {"cells": [3, {"cell_type": "code", "outputs": [{"data": 3}]}]}])
def test_any_shape_reads(root: object) -> None:
    document(json.dumps(root), "a.ipynb")
