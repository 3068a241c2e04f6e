"""Modules put together: in order, each in a scope of its own, and refused where they cannot be."""

import pytest
from playwright.sync_api import Browser

from web.http.bundle import bundle, bundled_page

MODULES = {
    "count.js": 'window.log = [...(window.log ?? []), "count"];\nlet count = 0;\n'
    "export const more = () => ++count;\nexport class Box {}\n",
    "one.js": 'import { more as next, Box } from "./count.js";\nconst name = "one";\n'
    "export function one() { return [name, next(), new Box() instanceof Box]; }\n",
    "two.js": 'import {\n  more,\n} from "./count.js";\nconst name = "two";\n'
    "export async function two() { return [name, more()]; }\nexport function* none() {}\n",
    "app.js": 'import "./count.js";\nimport { two } from "./two.js";\nimport { one } from "./one.js";\n'
    "two().then((second) => { window.told = [one(), second]; });\n",
}


def test_a_bundle_does_what_its_modules_do(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(content=bundle(MODULES, ["count.js", "app.js"]), type="module")
    page.wait_for_function("window.told")
    assert page.evaluate("window.told") == [["one", 2, True], ["two", 1]]
    assert page.evaluate("window.log") == ["count"], "each is run once"
    page.close()


def test_each_comes_after_what_it_imports() -> None:
    text = bundle(MODULES, ["app.js"])
    places = [text.index(f"// {name}\n") for name in ("count.js", "two.js", "one.js", "app.js")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "form",
    [
        'import all from "./count.js";',
        'import * as all from "./count.js";',
        'export * from "./count.js";',
        "export default 1;",
        "export let changing = 1;",
        "export { more };",
    ],
)
def test_a_form_that_is_not_understood_is_refused(form: str) -> None:
    with pytest.raises(ValueError, match=r"app\.js cannot be bundled"):
        bundle({**MODULES, "app.js": f"{form}\n"}, ["app.js"])


def test_comments_with_lines_of_their_own_are_left_out_and_nothing_else() -> None:
    text = '// What it is.\n/** One. */\nexport const url = "http://a"; // kept\n'
    text += "  /**\n   * More: x * y.\n   */\nlet a = 4 /* b */ / 2;\n"
    made = bundle({"app.js": text}, ["app.js"])
    assert 'const url = "http://a"; // kept\nlet a = 4 /* b */ / 2;\n' in made
    assert not any(words in made for words in ("What it is", "One.", "More"))


def test_a_circle_is_refused() -> None:
    with pytest.raises(ValueError, match=r"a\.js -> b\.js -> a\.js"):
        bundle({"a.js": 'import { b } from "./b.js";', "b.js": 'import { a } from "./a.js";'}, ["a.js"])


def test_a_page_names_its_bundles_and_nothing_else() -> None:
    html = (
        "<head>\n"
        '<link rel="stylesheet" href="/static/a.css">\n<link rel="stylesheet" href="/static/b.css">\n'
        '<script type="module" src="/static/count.js" blocking="render"></script>\n'
        '<script type="module" src="/static/app.js"></script>\n</head>\n'
    )
    files = {**MODULES, "app.html": html, "a.css": "a { top: 0 }", "b.css": "b { top: 0 }"}
    made = bundled_page("app", files)
    assert made["app.html"] == (
        '<head>\n<link rel="stylesheet" href="/static/app.bundle.css">\n'
        '<script type="module" src="/static/app.bundle.js" blocking="render"></script>\n</head>\n'
    )
    assert made["app.bundle.css"] == "a { top: 0 }\nb { top: 0 }"
    assert made["app.bundle.js"] == bundle(files, ["count.js", "app.js"])
    without = bundled_page("app", {**files, "app.html": html.replace(' blocking="render"', "")})
    assert "blocking" not in without["app.html"]
