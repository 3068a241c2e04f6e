"""The modules that only compute, called in the browser."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from tests.web.page.browser import Watched

once = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
characters = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("a🦊𠮷\n\u202e\ufeff")), max_size=40
)
lines = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=12)


@pytest.fixture
def modules(desk: Watched) -> Page:
    """A page from which the modules can be called."""
    return desk.page


@once
@given(text=characters, data=st.data())
def test_offsets_are_code_points(modules: Page, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    length, piece, found = modules.evaluate(
        """async ([text, start, end]) => {
          const { CodePoints } = await import("/static/codepoints.js");
          const points = new CodePoints(text);
          const piece = points.slice(start, end);
          return [points.length, piece, points.findOnly(piece)];
        }""",
        [text, start, end],
    )
    assert (length, piece) == (len(text), text[start:end])
    occurrences = [i for i in range(len(text)) if text.startswith(piece, i)] if piece else []
    assert found == ([start, end] if len(occurrences) == 1 else None)


@once
@given(
    sent=st.lists(
        st.tuples(st.sampled_from(["sentence", "done"]), st.lists(lines, min_size=1, max_size=3)), max_size=4
    ),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    size=st.integers(1, 9),
)
def test_a_stream_is_read_however_it_is_cut(
    modules: Page, sent: list[tuple[str, list[str]]], newline: str, size: int
) -> None:
    body = "".join(
        newline.join([": a comment", f"event: {name}", *(f"data: {line}" for line in data), "", ""])
        for name, data in sent
    )
    read = modules.evaluate(
        """async ([body, size]) => {
          const { events } = await import("/static/stream.js");
          const bytes = new TextEncoder().encode(body);
          const stream = new ReadableStream({ start(controller) {
            for (let i = 0; i < bytes.length; i += size) controller.enqueue(bytes.slice(i, i + size));
            controller.close();
          } });
          const read = [];
          for await (const { event, data } of events(stream)) read.push([event, data]);
          return read;
        }""",
        [body, size],
    )
    assert read == [[name, "\n".join(data)] for name, data in sent]


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[dict[str, object]], tuple[int, int]]:
    """A text, blocks in order that do not overlap, and a range to mark."""
    text = draw(st.text(st.sampled_from("ab 🦊\n\n#"), max_size=60))
    edges = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    kinds = st.sampled_from(["paragraph", "heading", "furniture", "title", "table", "unheard of"])
    blocks = [
        {"kind": draw(kinds), "start": start, "end": end, "level": 2}
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    ]
    start = draw(st.integers(0, len(text)))
    return text, blocks, (start, draw(st.integers(start, len(text))))


@once
@given(document=documents())
def test_a_source_shows_all_of_its_text_and_marks_the_range(
    modules: Page, document: tuple[str, list[dict[str, object]], tuple[int, int]]
) -> None:
    text, blocks, (start, end) = document
    shown, marked = modules.evaluate(
        """async ([text, blocks, start, end]) => {
          const { SourceText } = await import("/static/source.js");
          const source = new SourceText({ text, blocks });
          source.show({ start, end });
          for (const summary of source.root.querySelectorAll("summary")) summary.remove();
          const marks = [...source.root.querySelectorAll("mark.main")];
          return [source.root.textContent, marks.map((mark) => mark.textContent).join("")];
        }""",
        [text, blocks, start, end],
    )
    assert shown.split() == text.split() or "".join(shown.split()) == "".join(text.split())
    assert "".join(marked.split()) == "".join(text[start:end].split())


def test_what_shares_a_line_with_a_block_is_shown_with_it(modules: Page) -> None:
    text = "# Title\n\nBody 🦊 here.*\nleft out\n\n## Head ##"
    blocks = [("title", "Title"), ("paragraph", "Body 🦊 here."), ("heading", "Head")]
    shown = modules.evaluate(
        """async ([text, blocks]) => {
          const { SourceText } = await import("/static/source.js");
          const source = new SourceText({ text, blocks });
          source.show({ start: 0, end: 0 });
          return [...source.root.firstChild.children].map((element) => [element.className, element.textContent]);
        }""",
        [
            text,
            [{"kind": kind, "start": text.index(w), "end": text.index(w) + len(w), "level": 2} for kind, w in blocks],
        ],
    )
    assert shown == [
        ["doc-title", "# Title"],
        ["doc-paragraph", "Body 🦊 here.*"],
        ["doc-paragraph", "left out"],
        ["doc-heading", "## Head ##"],
    ]
