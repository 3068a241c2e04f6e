"""axe-core over a page: https://github.com/dequelabs/axe-core, the file out of `axe-playwright-python`.

It runs in a world of its own beside the page's scripts, so neither the page's rules (CSP, Trusted Types) nor its
globals are touched.
"""

from importlib.resources import files
from typing import Any

from playwright.sync_api import CDPSession, Page

_SOURCE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
# WCAG 2.2 A and AA, and what axe-core's authors advise beyond.
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A target that something sticky lies over is judged again where it can be seen whole: how far a page is scrolled is no
# fault of its own.
_RUN = f"""(async () => {{
  const options = {{ runOnly: {_TAGS}, resultTypes: ["violations"], elementRef: true }};
  const {{ violations, passes }} = await axe.run(document, options);
  const at = window.scrollY;
  const found = [];
  for (const rule of violations) for (const node of rule.nodes) {{
    if (rule.id === "target-size") {{
      node.element.scrollIntoView({{ block: "center" }});
      const again = await axe.run(node.element, {{ runOnly: {{ type: "rule", values: ["target-size"] }} }});
      if (!again.violations.length) continue;
    }}
    const why = node.failureSummary.replace(/\\s+/g, " ").slice(0, 300);
    found.push(`${{rule.id}}: ${{node.html.slice(0, 160)}} - ${{why}}`);
  }}
  window.scrollTo(0, at);
  return {{ checked: passes.length, found }};
}})()"""


class Axe:
    """axe-core beside one page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._session: CDPSession = page.context.new_cdp_session(page)

    def violations(self) -> list[str]:
        """What breaks a rule, each as "rule: element - why"."""
        tree = self._session.send("Page.getFrameTree")
        world = self._session.send(
            "Page.createIsolatedWorld", {"frameId": tree["frameTree"]["frame"]["id"], "worldName": "axe"}
        )["executionContextId"]
        if not self._evaluate("typeof axe === 'object'", world):
            self._evaluate(f"{_SOURCE}; true", world)
        result = self._evaluate(_RUN, world)
        assert result["checked"] > 10, "axe-core hardly found anything to check"
        found: list[str] = result["found"]
        return found

    def _evaluate(self, expression: str, world: int) -> Any:
        told = self._session.send(
            "Runtime.evaluate",
            {"expression": expression, "contextId": world, "awaitPromise": True, "returnByValue": True},
        )
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")
