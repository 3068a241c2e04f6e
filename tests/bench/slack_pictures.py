"""Draws the pictures of docs/slack.md: python -m tests.bench.slack_pictures

The messages are those that the real app sends over the shipped documents; how Slack lays them out is imitated. The
drawings of Slack's settings pages are sketches of ours. Needs `chromium`. Writes docs/images/slack-*.png.
"""

import tempfile
from html import escape
from pathlib import Path

from playwright.sync_api import Browser

from tests.bench.slack_drawing import message, modal, page
from tests.paths import ROOT
from tests.web.page.browser import started
from tests.web.slack.fake_world import Said
from tests.web.slack.talk import Talk
from web.backend import Backend
from web.bootstrap import open_answers, sync_corpus
from web.queueing import Worker
from web.settings.settings import Settings
from web.settings.slack import ChannelSettings

FOLDER = ROOT / "docs" / "images"
ANSWERED = "Who was sent to China by the Japanese government in May?"
FOLLOWING = "Why was he sent?"
UNANSWERED = "How do I reset my VPN password?"
PRIVATE = "How much was the trade between China and Japan worth?"

CREATE = """<div class=steps>
<div class=step>On <b>api.slack.com/apps</b>: <span class='button primary'>Create New App</span></div>
<div class=step><div class=box>Create an app<br>From scratch<br><b>▸ From a manifest</b></div></div>
<div class=step>Pick your workspace, then the tab <span class=button>YAML</span>, and paste the manifest there:
<div class=box><code>display_information:<br>&nbsp;&nbsp;name: Footnote<br>&nbsp;&nbsp;…</code></div></div>
<div class=step><span class=button>Next</span> &nbsp;<span class='button primary'>Create</span></div></div>"""
TOKENS = """<div class=steps>
<div class=step><b>Install App</b> · <span class='button primary'>Install to Workspace</span> · Allow
<div class=box>Bot User OAuth Token<br>
<code>xoxb-…</code> &nbsp;→&nbsp; <code>FOOTNOTE_SLACK_BOT_TOKEN</code></div></div>
<div class=step><b>Basic Information</b> · with a public address: App Credentials
<div class=box>Signing Secret<br>
<code>8f742231…</code> &nbsp;→&nbsp; <code>FOOTNOTE_SLACK_SIGNING_SECRET</code></div></div>
<div class=step><b>Basic Information</b> · with Socket Mode: App-Level Tokens ·
<span class=button>Generate Token and Scopes</span> · scope <code>connections:write</code>
<div class=box>Token<br><code>xapp-…</code> &nbsp;→&nbsp; <code>FOOTNOTE_SLACK_APP_TOKEN</code></div></div></div>"""


def main() -> None:
    """Draw them all."""
    pictures = {"slack-create.png": CREATE, "slack-tokens.png": TOKENS, **sent()}
    FOLDER.mkdir(exist_ok=True)
    with started() as browser:
        for name, body in pictures.items():
            draw(browser, name, body)


def sent() -> dict[str, str]:
    """The pictures of what the app says."""
    with tempfile.TemporaryDirectory() as made:
        settings = Settings(corpus=ROOT / "seeds", data=Path(made))
        sync_corpus(settings)
        backend = Backend.open(lambda: open_answers(settings), Worker(16))
        try:
            with Talk.over(backend, Path(made), {"default": ChannelSettings(max_sentences=3)}) as talk:
                return scenes(talk)
        finally:
            backend.close()


def draw(browser: Browser, name: str, body: str) -> None:
    """Write one picture, larger than it is shown."""
    tab = browser.new_page(device_scale_factor=1.5, viewport={"width": 800, "height": 600})
    tab.set_content(page(body))
    tab.locator(".picture").screenshot(path=FOLDER / name)
    tab.close()


def scenes(talk: Talk) -> dict[str, str]:
    """The pictures of messages."""
    asked = talk.mention(ANSWERED)
    talk.message(FOLLOWING, thread_ts=asked.ts)
    talk.command(PRIVATE)
    first, second, private = talk.fake.posted()
    talk.mention(UNANSWERED)
    abstained = talk.fake.posted()[-1]
    talk.press(abstained, "footnote_nearest")
    nearest = talk.fake.posted()[-1]
    talk.command("settings")
    return {
        "slack-answer.png": said(f"{mention()} {escape(ANSWERED)}") + thread(bot(first), said(FOLLOWING), bot(second)),
        "slack-ask.png": f"<div class=note>/ask {escape(PRIVATE)}</div>{bot(private, only=True)}",
        "slack-abstention.png": said(f"{mention()} {escape(UNANSWERED)}")
        + thread(bot(abstained), message("Footnote", nearest.blocks[:2], bot=True, only=True)),
        "slack-settings.png": modal(talk.fake.views[-1]),
    }


def mention() -> str:
    return "<span class=mention>@Footnote</span>"


def said(text: str) -> str:
    return message("Mika", [], text=text)


def bot(answer: Said, *, only: bool = False) -> str:
    return message("Footnote", answer.blocks, bot=True, only=only)


def thread(*messages: str) -> str:
    return f"<div class=thread>{''.join(messages)}</div>"


if __name__ == "__main__":
    main()
