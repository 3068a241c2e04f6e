"""What tells that a payload ran: it calls `canary(n)`; or that it became markup, which it must not either.

Both are written to the browser's console, from any frame and before any navigation can take them away.
"""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog

# `watched`: what is put on the page is looked at, too. What the page's own HTML loads lies under /static/.
_SCRIPT = """(watched) => {
  Object.defineProperty(window, "canary", { value: (n) => console.debug(`canary ${n}`) });
  if (!watched) return;
  const home = `${location.origin}/static/`;
  const own = (value) =>
    value !== null && URL.canParse(value, document.baseURI) && new URL(value, document.baseURI).href.startsWith(home);
  const refused = "audio, base, embed, frame, frameset, iframe, math, object, style, track, video";
  const wrongs = (element) => {
    const found = [];
    const name = element.localName;
    if (element.matches(refused) || (name === "meta" && element.hasAttribute("http-equiv"))) found.push(name);
    if ((name === "script" || name === "img") && !own(element.getAttribute("src"))) found.push(name);
    if (name === "link" && !own(element.getAttribute("href"))) found.push(name);
    for (const attribute of element.attributes) {
      const runs = /^(href|src|action|formaction|data|xlink:href)$/.test(attribute.name)
        && /^(javascript|data|vbscript):/i.test(attribute.value.replace(/[\\u0000-\\u0020]/g, ""));
      if (runs || attribute.name.startsWith("on") || attribute.name === "srcdoc") found.push(attribute.name);
    }
    return found;
  };
  const look = (node) => {
    if (!(node instanceof Element)) return;
    for (const element of [node, ...node.querySelectorAll("*")])
      for (const wrong of wrongs(element)) console.debug(`foreign ${wrong} in ${element.outerHTML.slice(0, 200)}`);
  };
  new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) type === "attributes" ? look(target) : addedNodes.forEach(look);
  }).observe(document, { subtree: true, childList: true, attributes: true });
}"""


class Canary:
    """Listens on all pages of a context.

    ran: numbers of the payloads that ran. became: elements and attributes that no page of ours makes. watched: whether
    to look for those.
    """

    def __init__(self, context: BrowserContext, *, watched: bool = True) -> None:
        self.ran: set[int] = set()
        self.became: list[str] = []
        context.add_init_script(f"({_SCRIPT})({'true' if watched else 'false'})")
        context.on("console", self._said)
        context.on("dialog", self._opened)

    @property
    def harm(self) -> list[str]:
        return [*(f"payload {number} ran" for number in sorted(self.ran)), *self.became]

    def _said(self, message: ConsoleMessage) -> None:
        kind, _, rest = message.text.partition(" ")
        if kind == "canary" and re.fullmatch(r"\d+", rest):
            self.ran.add(int(rest))
        elif kind == "foreign":
            self.became.append(rest)

    def _opened(self, dialog: Dialog) -> None:
        self.became.append(f"dialog: {dialog.message}")
        dialog.dismiss()
