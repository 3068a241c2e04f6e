"""The modules that only compute, called in the browser."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from tests.page.browser import Watched

once = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
