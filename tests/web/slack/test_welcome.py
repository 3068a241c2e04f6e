"""Suggested questions in the Messages tab."""

import pytest

from tests.web.slack import payloads
from tests.web.slack.fake_world import DIRECT, GENERAL, PERSON
from tests.web.slack.talk import Talk, element, labels, shown
from web.backend import Backend


@pytest.fixture
def suggesting(seeds_backend: Backend, talk: Talk) -> Talk:
    """Some suggestions are known."""
    search = talk.run(seeds_backend.read(lambda service: service.first_questions()))
    while not (search.known.complete or len(search.known.questions) >= 2):
        seeds_backend.submit_own(lambda _: search.step()).result()
    assert search.known.questions
    return talk


def opened(tab: str = "messages") -> payloads.Json:
    return payloads.event({"type": "app_home_opened", "user": PERSON, "channel": DIRECT, "tab": tab, "event_ts": "1.0"})


def test_the_messages_tab_shows_questions_that_the_documents_answer(suggesting: Talk) -> None:
    suggesting.hear(opened())
    (prompts,) = suggesting.fake.prompts
    assert prompts["channel_id"] == DIRECT
    assert "thread_ts" not in prompts
    for prompt in prompts["prompts"]:
        assert prompt["message"].endswith("?")
        suggesting.message(prompt["message"], DIRECT)
        assert "More context" in labels(suggesting.fake.posted()[-1])
    suggesting.hear(opened("home"))
    assert len(suggesting.fake.prompts) == 1


def test_a_thread_of_the_assistant_shows_them_too(suggesting: Talk) -> None:
    thread = {"user_id": PERSON, "channel_id": DIRECT, "thread_ts": "1.5", "context": {}}
    suggesting.hear(payloads.event({"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": "1.5"}))
    assert suggesting.fake.prompts[0]["thread_ts"] == "1.5"


def test_where_slack_shows_no_prompts_a_welcome_has_them_as_buttons_once(suggesting: Talk) -> None:
    suggesting.fake.refuse("assistant.threads.setSuggestedPrompts", "missing_scope", times=2)
    suggesting.hear(opened())
    suggesting.hear(opened())
    (welcome,) = suggesting.fake.posted()
    assert "Ask me anything" in welcome.text
    button = element(welcome, "footnote_prompt_0")
    suggesting.press(welcome, "footnote_prompt_0")
    answer = suggesting.fake.posted()[-1]
    assert answer.thread_ts == welcome.ts
    assert shown(answer.blocks).startswith(f"You asked:{button['value']}")
    assert "More context" in labels(answer)


def test_where_there_is_nothing_to_suggest_there_is_no_welcome(dull_talk: Talk) -> None:
    dull_talk.hear(opened())
    assert [call.method for call in dull_talk.fake.calls] == ["auth.test"]


def test_slack_that_asks_to_wait_is_waited_for(suggesting: Talk) -> None:
    suggesting.fake.limit("assistant.threads.setSuggestedPrompts", 5)
    with pytest.raises(Exception, match="ratelimited"):
        suggesting.hear(opened())
    assert suggesting.fake.posted(GENERAL) == suggesting.fake.posted(DIRECT) == []
