"""What Slack documents of Block Kit, for the blocks that Footnote sends: shapes and limits, each fault in a sentence.

Sources: docs.slack.dev/reference/block-kit (blocks, block elements, composition objects) and /reference/views. Where
Slack gives no limit for rich text, that of a section's text is held to.
"""

from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]
MOST_BLOCKS, MOST_BLOCKS_OF_A_VIEW = 50, 100
LONGEST_TEXT, LONGEST_OF_ALL = 3_000, 12_000
_TEXT_OF = {"button": 75, "option": 75, "placeholder": 150, "label": 2_000, "hint": 2_000, "header": 150, "title": 24}
_BLOCKS_OF_MESSAGES = ("section", "rich_text", "context", "actions", "divider", "header")
_BLOCKS_OF_VIEWS = (*_BLOCKS_OF_MESSAGES, "input")


def check_blocks(blocks: list[Json]) -> list[str]:
    """What is wrong with the blocks of a message."""
    wrong = [f"/blocks/{at}: {fault}" for at, each in enumerate(blocks) for fault in _block(each, _BLOCKS_OF_MESSAGES)]
    if len(blocks) > MOST_BLOCKS:
        wrong.append(f"no more than {MOST_BLOCKS} items allowed")
    if (length := sum(map(len, texts(blocks)))) > LONGEST_OF_ALL:
        wrong.append(f"msg_blocks_too_long: {length} characters")
    return wrong + _twice(blocks)


def check_view(view: Json) -> list[str]:
    """What is wrong with a modal."""
    wrong = [fault for at, each in enumerate(view.get("blocks", [])) for fault in _block(each, _BLOCKS_OF_VIEWS)]
    if not 1 <= len(view.get("blocks", [])) <= MOST_BLOCKS_OF_A_VIEW:
        wrong.append("a view has 1 to 100 blocks")
    if view.get("type") != "modal":
        wrong.append(f"unsupported view type {view.get('type')}")
    for part in ("title", "submit", "close"):
        if part in view or part == "title":
            wrong += _text(view.get(part), "title", ("plain_text",))
    if any(each.get("type") == "input" for each in view.get("blocks", [])) and "submit" not in view:
        wrong.append("a view with inputs needs submit")
    if len(view.get("private_metadata", "")) > 3_000 or len(view.get("callback_id", "")) > 255:
        wrong.append("private_metadata or callback_id is too long")
    return wrong + _twice(view.get("blocks", []))


def texts(part: object) -> Iterator[str]:
    """Every text that a part of a message shows."""
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for name, each in part.items():
            if name != "text" or not isinstance(each, str):
                yield from texts(each)
    elif isinstance(part, list):
        for each in part:
            yield from texts(each)


def _twice(blocks: list[Json]) -> list[str]:
    ids = [each["block_id"] for each in blocks if "block_id" in each]
    return [] if len(ids) == len(set(ids)) else ["block_id is used twice"]


def _block(block: Json, known: tuple[str, ...]) -> list[str]:
    kind = block.get("type")
    if kind not in known:
        return [f"unsupported type: {kind}"]
    if len(block.get("block_id", "")) > 255:
        return ["block_id is longer than 255 characters"]
    return list(_PARTS[kind](block))


def _only(part: Json, *names: str) -> list[str]:
    return [f"invalid additional property: {each}" for each in part if each not in ("type", "block_id", *names)]


def _text(text: object, where: str, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> list[str]:
    if not isinstance(text, dict) or text.get("type") not in kinds:
        return [f"{where}: a text object of {kinds} is needed, not {text!r}"]
    own = ("text", "emoji") if text["type"] == "plain_text" else ("text", "verbatim")
    length = len(text.get("text", ""))
    if not 1 <= length <= _TEXT_OF.get(where, LONGEST_TEXT):
        return [f"{where}: a text of {length} characters"]
    return _only(text, *own)


def _section(block: Json) -> list[str]:
    wrong = _only(block, "text", "fields", "accessory", "expand")
    if "text" in block:
        wrong += _text(block["text"], "section")
    elif "fields" not in block:
        wrong.append("a section needs text or fields")
    if not len(block.get("fields", [])) <= 10:
        wrong.append("a section has at most 10 fields")
    if "accessory" in block:
        wrong += _element(block["accessory"])
    return wrong


def _context(block: Json) -> list[str]:
    elements = block.get("elements", [])
    wrong = _only(block, "elements") + [fault for each in elements for fault in _text(each, "context")]
    return wrong if 1 <= len(elements) <= 10 else [*wrong, f"a context of {len(elements)} elements"]


def _actions(block: Json) -> list[str]:
    elements = block.get("elements", [])
    wrong = _only(block, "elements") + [fault for each in elements for fault in _element(each)]
    ids = [each.get("action_id") for each in elements]
    if len(ids) != len(set(ids)):
        wrong.append("action_id is used twice")
    return wrong if 1 <= len(elements) <= 25 else [*wrong, f"{len(elements)} elements"]


def _header(block: Json) -> list[str]:
    return _only(block, "text") + _text(block.get("text"), "header", ("plain_text",))


def _input(block: Json) -> list[str]:
    wrong = _only(block, "label", "element", "hint", "optional", "dispatch_action")
    wrong += _text(block.get("label"), "label", ("plain_text",))
    if "hint" in block:
        wrong += _text(block["hint"], "hint", ("plain_text",))
    return wrong + _element(block.get("element", {}))


def _element(element: Json) -> list[str]:
    kind = element.get("type")
    if not 1 <= len(element.get("action_id", "")) <= 255:
        return [f"{kind}: action_id of 1 to 255 characters"]
    if kind not in _ELEMENTS:
        return [f"unsupported element: {kind}"]
    wrong = _only(element, "action_id", *_ELEMENTS[kind])
    if kind == "button":
        wrong += _text(element.get("text"), "button", ("plain_text",))
        if len(element.get("value", "")) > 2_000 or len(element.get("url", "")) > 3_000:
            wrong.append("button: value or url is too long")
    if "placeholder" in element:
        wrong += _text(element["placeholder"], "placeholder", ("plain_text",))
    if "options" in element:
        wrong += _options(element)
    return wrong


def _options(element: Json) -> list[str]:
    options = element["options"]
    most = {"static_select": 100, "overflow": 5}.get(element["type"], 10)
    wrong = [] if 1 <= len(options) <= most else [f"{len(options)} options"]
    for each in options:
        wrong += _only(each, "text", "value", "description")
        wrong += _text(each.get("text"), "option", ("plain_text",) if most != 10 else ("plain_text", "mrkdwn"))
        if not 1 <= len(each.get("value", "")) <= 150:
            wrong.append("option: value of 1 to 150 characters")
    chosen = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    return wrong + ["an initial option is none of the options" for each in chosen if each not in options]


def _rich_text(block: Json) -> list[str]:
    wrong = _only(block, "elements")
    if not block.get("elements"):
        wrong.append("rich_text without elements")
    for part in block.get("elements", []):
        wrong += _rich_part(part)
    return wrong


def _rich_part(part: Json) -> list[str]:
    kind = part.get("type")
    if kind == "rich_text_list":
        wrong = _only(part, "elements", "style", "indent", "offset", "border")
        if part.get("style") not in ("bullet", "ordered"):
            wrong.append("rich_text_list: style")
        return wrong + [fault for each in part.get("elements", []) for fault in _rich_part(each)]
    if kind not in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
        return [f"unsupported rich text: {kind}"]
    wrong = _only(part, "elements", "border")
    wrong += [fault for each in part.get("elements", []) for fault in _rich_element(each)]
    if sum(len(each.get("text", "")) for each in part.get("elements", [])) > LONGEST_TEXT:
        wrong.append(f"{kind}: more than {LONGEST_TEXT} characters")
    return wrong if part.get("elements") else [*wrong, f"{kind} without elements"]


def _rich_element(element: Json) -> list[str]:
    kind = element.get("type")
    if kind not in ("text", "link"):
        return [f"unsupported rich text element: {kind}"]
    wrong = _only(element, "text", "style", *(("url", "unsafe") if kind == "link" else ()))
    if kind == "text" and not element.get("text"):
        wrong.append("a text of no characters")
    if kind == "link" and not str(element.get("url", "")).startswith(("http://", "https://")):
        wrong.append("a link without an address")
    styles = element.get("style", {})
    return wrong + [f"style {each}" for each in styles if each not in ("bold", "italic", "strike", "code")]


_ELEMENTS = {
    "button": ("text", "value", "url", "style", "accessibility_label", "confirm"),
    "overflow": ("options",),
    "static_select": ("options", "placeholder", "initial_option"),
    "radio_buttons": ("options", "initial_option"),
    "checkboxes": ("options", "initial_options"),
    "plain_text_input": ("placeholder", "initial_value", "multiline", "max_length", "min_length"),
    "number_input": ("placeholder", "initial_value", "is_decimal_allowed", "min_value", "max_value"),
}
_PARTS: dict[str, Callable[[Json], list[str]]] = {
    "section": _section,
    "rich_text": _rich_text,
    "context": _context,
    "actions": _actions,
    "divider": _only,
    "header": _header,
    "input": _input,
}
