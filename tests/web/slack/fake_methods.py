"""The methods of the fake Slack's Web API: arguments to the fields of the answer. They raise RefusalError."""

from collections.abc import Callable
from typing import Any

from tests.web.slack.block_limits import check_view
from tests.web.slack.fake_world import APP, BOT, BOT_USER, TEAM, RefusalError, Said, World, checked

Arguments = dict[str, Any]
_MOST_PROMPTS, _LONGEST_STATUS, _MOST_LOADING_MESSAGES = 4, 100, 10


def _auth_test(_world: World, _arguments: Arguments) -> Arguments:
    return {
        "url": "https://fake.slack.com/", "team": "Fake", "user": "footnote", "team_id": TEAM, "user_id": BOT_USER,
        "bot_id": BOT, "app_id": APP,
    }  # fmt: skip


def _connect(world: World, _arguments: Arguments) -> Arguments:
    if world.socket_url is None:
        raise RefusalError("internal_error")
    return {"url": world.socket_url}


def _post_message(world: World, arguments: Arguments) -> Arguments:
    channel = world.channel(arguments)
    said = world.post("chat.postMessage", channel, arguments)
    return {"channel": channel, "ts": said.ts, "message": _shown(said)}


def _post_ephemeral(world: World, arguments: Arguments) -> Arguments:
    channel = world.channel(arguments)
    if arguments.get("user") not in world.users:
        raise RefusalError("user_not_found")
    if arguments["user"] not in world.channels[channel]:
        raise RefusalError("user_not_in_channel")
    return {"message_ts": world.post("chat.postEphemeral", channel, arguments, arguments["user"]).ts}


def _update(world: World, arguments: Arguments) -> Arguments:
    channel = world.channel(arguments)
    said = _own(world, channel, arguments.get("ts"), "cant_update_message")
    said.text, said.blocks = checked(arguments)
    said.metadata = arguments.get("metadata", said.metadata)
    return {"channel": channel, "ts": said.ts, "text": said.text}


def _delete(world: World, arguments: Arguments) -> Arguments:
    channel = world.channel(arguments)
    world.messages.remove(_own(world, channel, arguments.get("ts"), "cant_delete_message"))
    return {"channel": channel, "ts": arguments["ts"]}


def _own(world: World, channel: str, ts: object, refusal: str) -> Said:
    said = world.message(channel, ts)
    if said.bot_id != BOT:
        raise RefusalError(refusal)
    return said


def _add_reaction(world: World, arguments: Arguments) -> Arguments:
    said = world.message(world.channel(arguments), arguments.get("timestamp"))
    if arguments["name"] in said.reactions:
        raise RefusalError("already_reacted")
    said.reactions.add(arguments["name"])
    return {}


def _remove_reaction(world: World, arguments: Arguments) -> Arguments:
    said = world.message(world.channel(arguments), arguments.get("timestamp"))
    if arguments["name"] not in said.reactions:
        raise RefusalError("no_reaction")
    said.reactions.remove(arguments["name"])
    return {}


def _replies(world: World, arguments: Arguments) -> Arguments:
    channel = world.channel(arguments)
    thread_ts = world.message(channel, arguments.get("ts")).ts
    found = [each for each in world.messages if each.channel == channel and each.only_for is None]
    thread = [each for each in found if thread_ts in (each.ts, each.thread_ts)]
    with_metadata = str(arguments.get("include_all_metadata", "")).lower() in ("1", "true")
    newest = [each for each in thread if each.ts == thread_ts or each.ts > str(arguments.get("oldest", ""))]
    return {"messages": [_shown(each, with_metadata) for each in newest], "has_more": False}


def _history(world: World, arguments: Arguments) -> Arguments:
    channel, oldest = world.channel(arguments), str(arguments.get("oldest", ""))
    found = [
        each for each in world.messages if each.channel == channel and each.only_for is None and not each.thread_ts
    ]
    with_metadata = str(arguments.get("include_all_metadata", "")).lower() in ("1", "true")
    newest = [_shown(each, with_metadata) for each in reversed(found) if each.ts > oldest]
    return {"messages": newest, "has_more": False}


def _open_view(world: World, arguments: Arguments) -> Arguments:
    view = arguments.get("view")
    if not isinstance(view, dict):
        raise RefusalError("invalid_arguments")
    if wrong := check_view(view):
        raise RefusalError("invalid_arguments", wrong)
    world.spend_trigger(arguments.get("trigger_id"))
    opened = {**view, "id": f"V{len(world.views):04d}", "hash": "1", "team_id": TEAM, "app_id": APP, "bot_id": BOT}
    world.views.append(opened)
    return {"view": opened}


def _set_status(world: World, arguments: Arguments) -> Arguments:
    channel = world.channel(arguments, "channel_id")
    world.message(channel, arguments.get("thread_ts"))
    status, loading = arguments.get("status"), arguments.get("loading_messages") or []
    if not isinstance(status, str) or len(status) > _LONGEST_STATUS or len(loading) > _MOST_LOADING_MESSAGES:
        raise RefusalError("invalid_arguments")
    world.statuses.append(arguments)
    return {}


def _set_prompts(world: World, arguments: Arguments) -> Arguments:
    world.channel(arguments, "channel_id")
    prompts = arguments.get("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= _MOST_PROMPTS:
        raise RefusalError("invalid_arguments")
    if not all(set(each) == {"title", "message"} and all(each.values()) for each in prompts):
        raise RefusalError("invalid_arguments")
    world.prompts.append(arguments)
    return {}


def _shown(said: Said, with_metadata: bool = True) -> Arguments:
    message: Arguments = {"type": "message", "user": said.user, "ts": said.ts, "text": said.text, "blocks": said.blocks}
    if said.bot_id:
        message |= {"bot_id": said.bot_id, "app_id": APP}
    if said.thread_ts:
        message["thread_ts"] = said.thread_ts
    if said.metadata and with_metadata:
        message["metadata"] = said.metadata
    return message


METHODS: dict[str, Callable[[World, Arguments], Arguments]] = {
    "auth.test": _auth_test,
    "apps.connections.open": _connect,
    "chat.postMessage": _post_message,
    "chat.postEphemeral": _post_ephemeral,
    "chat.update": _update,
    "chat.delete": _delete,
    "reactions.add": _add_reaction,
    "reactions.remove": _remove_reaction,
    "conversations.history": _history,
    "conversations.replies": _replies,
    "views.open": _open_view,
    "assistant.threads.setStatus": _set_status,
    "assistant.threads.setSuggestedPrompts": _set_prompts,
}
