"""The settings of Slack: the table [slack] of footnote.toml, or FOOTNOTE_SLACK_* variables."""

from collections.abc import Collection
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Meta, Struct

from index.errors import SettingsError
from web.settings.keys import text

DEFAULT = "default"  # the table of the settings file for channels that have none of their own
CHANNEL = rf"^([CDG][A-Z0-9]{{2,30}}|{DEFAULT})$"
MOST_SENTENCES = 5
Globs = Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=200)], ...], Meta(max_length=20)]


class ChannelSettings(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"within": "in"}):
    """sources: globs over the paths of documents, none means all. within: the folder or saved filter that is asked
    where a message names none. unprompted: questions that are not put to Footnote are answered, where it surely can.
    off: nothing is answered. corpus: the one that is asked, by its name; "" is the default one."""

    sources: Globs = ()
    unprompted: bool = False
    max_sentences: Annotated[int, Meta(ge=1, le=MOST_SENTENCES)] = MOST_SENTENCES
    off: bool = False
    within: Annotated[str, Meta(min_length=1, max_length=1000)] | None = None
    corpus: str = ""


class SlackSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What the Slack app needs. Nothing set: no Slack."""

    bot_token: Annotated[
        Annotated[str, Meta(pattern=r"^xoxb-[0-9A-Za-z-]{1,250}$")] | None,
        text(
            "a bot token, which begins with `xoxb-`",
            "What the app posts with. Needs `slack.signing_secret`, `slack.app_token` or both.",
            secret=True,
        ),
    ] = None
    signing_secret: Annotated[
        Annotated[str, Meta(pattern=r"^[0-9A-Za-z]{20,100}$")] | None,
        text(
            "20 to 100 letters and digits",
            "Proves that a request to `/slack/events` is Slack's: the app's Signing Secret. Opens that address.",
            secret=True,
        ),
    ] = None
    app_token: Annotated[
        Annotated[str, Meta(pattern=r"^xapp-[0-9A-Za-z-]{1,250}$")] | None,
        text(
            "an app-level token, which begins with `xapp-`",
            "Fetches events over Socket Mode, so that Slack need not reach this server.",
            secret=True,
        ),
    ] = None
    api_url: Annotated[
        str,
        text(
            "an https address that ends in `/`; http only on this machine",
            "Where the Slack API is; another one than Slack's only for tests and proxies.",
        ),
    ] = "https://slack.com/api/"
    channels: Annotated[
        dict[Annotated[str, Meta(pattern=CHANNEL)], ChannelSettings],
        text(
            "tables `[slack.channels.<channel id>]`, and `[slack.channels.default]`, with any of `sources`, "
            "`in`, `unprompted`, `max_sentences`, `off` and `corpus`",
            "What holds in a channel; `sources` are the documents that exist for it, of the corpus named `corpus` "
            "where there are several, and the rest can be changed by `/ask settings`.",
        ),
    ] = {}

    @property
    def is_on(self) -> bool:
        """Whether there is a Slack app to serve."""
        return self.bot_token is not None


def check_slack(slack: SlackSettings) -> None:
    """Raises SettingsError where keys that go together are not all set, or tokens could be read on their way."""
    ways = {"slack.signing_secret": slack.signing_secret, "slack.app_token": slack.app_token}
    if slack.bot_token is None and any(ways.values()):
        named = next(key for key, value in ways.items() if value)
        raise SettingsError(
            f"{named} is set and slack.bot_token is not: set slack.bot_token (FOOTNOTE_SLACK_BOT_TOKEN)."
        )
    if slack.bot_token is not None and not any(ways.values()):
        raise SettingsError(
            "slack.bot_token is set, and no way to hear from Slack: set slack.signing_secret for requests over HTTP, "
            "or slack.app_token for Socket Mode."
        )
    if not _is_safe(slack.api_url):
        raise SettingsError("slack.api_url must be an https address that ends in /; http is for this machine only.")


def check_channels(slack: SlackSettings, corpora: Collection[str]) -> None:
    """Raises SettingsError where a channel has a corpus that there is not. corpora: the names of those there are."""
    for channel, settings in slack.channels.items():
        if settings.corpus and settings.corpus not in corpora:
            known = ", ".join(corpora) or "no [corpora] in the settings"
            raise SettingsError(
                f"slack.channels.{channel} has the corpus {settings.corpus!r}, which is none of [corpora]: there are "
                f"{known}."
            )


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if not url.endswith("/") or not url.isascii() or parts.query or parts.fragment or not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host))


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
