"""Light markup: the structure that each states, as units with context, and no sign of markup left in what is shown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sentences.markup import display
from tests.extracted import blocks, document, labels, place, units

RST = """\
=====
Tides
=====

:Author: Ada Lovelace
:Date: 2026-10-05

The tide ``rises`` *twice* a :ref:`day <days>`, see `the table <https://x.org/t>`_ and tables_ [1]_.
It goes on here <b>::

    code here

Section
-------

.. note:: Beware of
   the tide.

.. code-block:: python

   x = 1

* one
  goes on
* two

  - inner

term
  Its meaning is
  this.

.. function:: foo(a, b)

   Does a thing.

After it.

.. [1] A footnote here.

====  =====
name  price
====  =====
Lamp  3
Bed   4
====  =====

.. list-table::

   * - name
     - price
   * - Sofa
     - 30

.. include:: /etc/passwd
"""
ADOC = """\
= Tides
Ada Lovelace <ada@x.org>
v1, 2026-10-05
:place: Brest

The tide at {place} ``rises`` *twice* a day, see https://x.org/t[the table].

== Section

NOTE: Beware of the tide.

* one
** inner

[source,python]
----
x = 1
----

Term:: Its meaning.

|===
|name |price

|Lamp |3
|Bed
|4
|===

include::/etc/passwd[]
"""
ORG = """\
#+TITLE: Tides
#+AUTHOR: Ada Lovelace
#+DATE: <2026-10-05 Mon>

The tide =rises= /twice/ a day, see [[https://x.org/t][the table]].

* TODO Section :tag:
  SCHEDULED: <2026-10-05>
  :PROPERTIES:
  :ID: 7
  :END:
- one
  - inner
# nobody says this
#+BEGIN_SRC python
x = 1
#+END_SRC

| name | price |
|------+-------|
| Lamp | 3     |
| Bed  | 4     |

#+INCLUDE: /etc/passwd
"""
TEX = r"""\documentclass{article}
\title{Tides}
\author{Ada Lovelace}
\date{5 October 2026}
\begin{document}
\maketitle
The tide \texttt{rises} \emph{twice} a day, see \href{https://x.org/t}{the table}. % nobody says this

\section{Section}\label{s}
At $\alpha \leq 3$ metres or 50\,\% --- ``so'' in Saint-\'Etienne~\cite{x}.\footnote{A note here.}

\begin{itemize}
\item one
  \begin{enumerate}\item inner\end{enumerate}
\end{itemize}
\begin{verbatim}
x = 1
\end{verbatim}
\begin{tabular}{ll}
name & price \\ \hline
Lamp & 3 \\
Bed & 4 \\
\end{tabular}
\input{/etc/passwd}
\end{document}
"""
ALL = {"a.rst": RST, "a.adoc": ADOC, "a.org": ORG, "a.tex": TEX}


@pytest.mark.parametrize("name", sorted(ALL))
def test_what_all_of_them_state(name: str) -> None:
    made = document(ALL[name], name)
    text = made.text
    assert made.title == "Tides"
    assert (made.metadata.author and made.metadata.author.value) == "Ada Lovelace"
    assert (made.metadata.date and made.metadata.date.value) == "2026-10-05"
    assert "Section" in blocks(made, "heading")
    shown = [display(text[block.start : block.end]) for block in made.blocks]
    assert any("rises twice a day, see the table" in each for each in shown)
    assert "x = 1" in blocks(made, "code")
    assert labels(made, "Bed") == {"name": "Bed", "price": "4"}
    assert "inner" in text
    assert "nobody says" not in text
    assert "includes another file" in made.warnings[0]
    line = next(n for n, each in enumerate(ALL[name].split("\n"), start=1) if "twice" in each)
    assert place(made, "twice") == f"line {line}"
    inner = next(unit for unit in units(made) if unit[1] == "inner")
    assert inner[0] == "item"
    assert "Section" in inner[2]


def test_rst() -> None:
    made = document(RST, "a.rst")
    assert ("code", "code here", ("It goes on here \\<b>:",)) in units(made)
    assert "Note: Beware of\nthe tide." in blocks(made, "paragraph")
    assert ("sentence", "Does a thing.", ("foo(a, b)",)) in units(made)
    assert ("sentence", "After it.", ("Section",)) in units(made)
    assert labels(made, "Its meaning") == {"term": "Its meaning is this."}
    assert labels(made, "Sofa") == {"name": "Sofa", "price": "30"}
    assert "A footnote here." in blocks(made, "footnote")[0]
    assert "passwd" not in made.text


def test_asciidoc() -> None:
    made = document(ADOC, "a.adoc")
    assert "Note: Beware of the tide." in blocks(made, "paragraph")
    assert labels(made, "Its meaning") == {"Term": "Its meaning."}
    assert "at Brest" in made.text


def test_latex() -> None:
    made = document(TEX, "a.tex")
    assert "At α ≤ 3 metres or 50 % — “so” in Saint-Étienne." in blocks(made, "paragraph")
    assert blocks(made, "footnote") == ["A note here."]


PIECES = [
    "= T\n",
    "==\n",
    "* ",
    "- ",
    "\n",
    "\n\n",
    "  ",
    "::\n",
    ".. x::\n",
    "|a|b|\n",
    "|===\n",
    "----\n",
    "#+BEGIN_SRC\n",
]
PIECES += [
    "#+END_SRC\n",
    "\\begin{itemize}",
    "\\end{itemize}",
    "\\item ",
    "{",
    "}",
    "$",
    "%",
    "\\",
    "`",
    "_",
    "word ",
    "&",
]
PIECES += [
    "[[x][y]]",
    "<<",
    "\\frac",
    "\\begin{tabular}{l}",
    "\\\\",
    "+--+--+\n",
    "=== ===\n",
    "é",
    "\t",
    ":x: y\n",
    "'",
]


@pytest.mark.parametrize("name", sorted(ALL))
@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_whatever_is_written_reads(name: str, text: str) -> None:
    document(text, name)


@pytest.mark.parametrize("name", sorted(ALL))
@pytest.mark.parametrize(
    "piece", ["----\n", "{", "\\x{", "* a\n", ".. a::\n  ", "#+BEGIN_SRC\n", "|a", "`", "    a\n", "\\begin{x}"]
)
def test_many_of_a_kind_take_little_time(name: str, piece: str) -> None:
    document(piece * 2_000, name)
