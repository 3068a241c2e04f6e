"""Draws Slack messages and modals from their blocks, near enough to what Slack shows, as HTML."""

import re
from html import escape, unescape
from typing import Any

Json = dict[str, Any]
STYLE = """
* { box-sizing: border-box; margin: 0 }
body { font: 15px/1.47 Lato, "Helvetica Neue", "DejaVu Sans", Arial, sans-serif; color: #1d1c1d; background: #fff }
.picture { width: 760px; padding: 18px 22px; background: #fff }
.message { display: grid; grid-template-columns: 38px 1fr; gap: 0 10px; padding: 7px 0 }
.face { width: 36px; height: 36px; border-radius: 7px; background: #8a5a83; color: #fff; font: 700 17px/36px sans-serif;
  text-align: center }
.face.bot { background: #14505c } .name { font-weight: 700 }
.app { font-size: 10px; background: #e8e8e8; color: #616061;
  padding: 1px 3px; border-radius: 2px; margin: 0 4px } .time { font-size: 12px; color: #616061; margin-left: 4px }
.thread { margin-left: 46px; border-left: 2px solid #ddd; padding-left: 12px } .only { font-size: 12px; color: #616061 }
a { color: #1264a3; text-decoration: none }
blockquote { border-left: 4px solid #ddd; padding-left: 12px; margin: 4px 0 }
.context { font-size: 12.5px; color: #616061; margin: 4px 0 } .context span { margin-right: 8px }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 2px } ul { padding-left: 22px }
.button { border: 1px solid #bbb; border-radius: 6px; padding: 3px 11px; font-size: 13.5px; font-weight: 700;
  white-space: nowrap }
.menu::after { content: " \\25BE"; color: #616061 } .mention { background: #e8f5fa; color: #1264a3; border-radius: 3px;
  padding: 0 2px } .note { font-size: 12.5px; color: #616061; margin: 8px 0 2px }
.modal { border: 1px solid #ccc; border-radius: 10px; padding: 18px 22px; width: 520px; margin: 0 auto }
.modal h1 { font-size: 19px; margin-bottom: 10px } .modal h2 { font-size: 15px; margin: 14px 0 5px }
.modal .field { border: 1px solid #aaa; border-radius: 5px; padding: 6px 10px; min-height: 34px; white-space: pre-line }
.modal .radio::before { content: "\\25CB  " } .modal .radio.on::before { content: "\\25C9  "; color: #1264a3 }
.modal .end { justify-content: flex-end } .primary { background: #007a5a; color: #fff; border-color: #007a5a }
.box { border: 1px solid #ccc; border-radius: 8px; padding: 12px 16px; margin: 8px 0 } .box b { color: #1264a3 }
.steps { counter-reset: step } .step { position: relative; padding-left: 40px; margin: 14px 0 }
.step::before { counter-increment: step; content: counter(step); position: absolute; left: 0; top: 0; width: 26px;
  height: 26px; border-radius: 13px; background: #14505c; color: #fff; text-align: center; font-weight: 700 }
code { font: 13px "DejaVu Sans Mono", monospace; background: #f4f4f4; padding: 1px 4px; border-radius: 3px }
.box code { background: none; padding: 0 }
"""
_LINK = re.compile(r"&lt;(https?:[^|&]*(?:&amp;[^|&]*)*)\|(.*?)&gt;")
_PERSON = re.compile(r"&lt;@(\w+)&gt;")


def page(body: str) -> str:
    """A whole document that shows one picture."""
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><div class=picture>{body}</div>"


def message(name: str, blocks: list[Json], *, text: str = "", bot: bool = False, only: bool = False) -> str:
    """A message by somebody. only: that one person alone sees."""
    face = f"<div class='face{' bot' if bot else ''}'>{escape(name[0])}</div>"
    head = f"<span class=name>{escape(name)}</span>{'<span class=app>APP</span>' if bot else ''}"
    seen = "<div class=only>Only visible to you</div>" if only else ""
    said = "".join(map(block, blocks)) or f"<div>{text}</div>"
    return f"<div class=message>{face}<div>{seen}{head}<span class=time>10:04</span>{said}</div></div>"


def block(part: Json) -> str:
    """One block."""
    match part["type"]:
        case "rich_text":
            return "".join(map(_rich, part["elements"]))
        case "section":
            return f"<div>{_text(part['text'])}</div>"
        case "context":
            return f"<div class=context>{''.join(f'<span>{_text(each)}</span>' for each in part['elements'])}</div>"
        case "actions":
            return f"<div class=row>{''.join(map(_element, part['elements']))}</div>"
        case "input":
            hint = f"<div class=note>{_text(part['hint'])}</div>" if "hint" in part else ""
            return f"<h2>{_text(part['label'])}</h2>{_field(part['element'])}{hint}"
    raise ValueError(f"no drawing of {part['type']}")


def modal(view: Json) -> str:
    """A modal."""
    end = f"<div class='row end'><span class=button>{_text(view['close'])}</span>"
    end += f"<span class='button primary'>{_text(view['submit'])}</span></div>"
    return f"<div class=modal><h1>{_text(view['title'])}</h1>{''.join(map(block, view['blocks']))}{end}</div>"


def _rich(part: Json) -> str:
    inner = "".join(_rich(each) if "elements" in each else _words(each) for each in part["elements"])
    match part["type"]:
        case "rich_text_quote":
            return f"<blockquote>{inner}</blockquote>"
        case "rich_text_list":
            return "<ul>" + "".join(f"<li>{_rich(each)}</li>" for each in part["elements"]) + "</ul>"
    return f"<div>{inner}</div>"


def _words(element: Json) -> str:
    shown = escape(element["text"]).replace("\n", "<br>")
    if element["type"] == "link":
        return f"<a>{shown}</a>"
    return f"<strong>{shown}</strong>" if element.get("style", {}).get("bold") else shown


def _text(text: Json) -> str:
    shown = escape(unescape(text["text"])) if text["type"] == "plain_text" else _markup(text["text"])
    return shown.replace("\n", "<br>")


def _markup(text: str) -> str:
    shown = _LINK.sub(r"<a>\2</a>", escape(text))
    shown = _PERSON.sub("<span class=mention>@Mika</span>", shown)
    return re.sub(r"\*([^*]+)\*", r"<strong>\1</strong>", shown)


def _element(element: Json) -> str:
    if element["type"] == "static_select":
        return f"<span class='button menu'>{_text(element['placeholder'])}</span>"
    return f"<span class=button>{_text(element['text'])}</span>"


def _field(element: Json) -> str:
    if element["type"] == "radio_buttons":
        on = element["initial_option"]
        return "".join(
            f"<div class='radio{' on' if each == on else ''}'>{_text(each['text'])}</div>"
            for each in element["options"]
        )
    if element["type"] == "static_select":
        return f"<div class='field menu'>{_text(element['initial_option']['text'])}</div>"
    return f"<div class=field>{escape(element.get('initial_value', ''))}</div>"


def _radio(option: Json, *, on: bool) -> str:
    return f"<div class='radio{' on' if on else ''}'>{_text(option['text'])}</div>"
