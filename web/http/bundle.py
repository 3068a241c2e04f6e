"""The modules and styles of a page as one file each, put together when the server starts: a browser takes its time over
each request, and a page of small files has many.

Of JavaScript just what our modules use is understood: `import { a, b as c } from "./x.js"`, `import "./x.js"`, and
`export` before a declaration, each at the start of a line.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

_IMPORT = re.compile(r'^import\s*(?:\{([^{}]*)\}\s*from\s*)?"\./([\w.]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
_LEFT = re.compile(r"^(?:import\b|export\b).*$", re.MULTILINE)
# Comments that have lines of their own are for who reads the modules, and are a good part of what would be sent.
_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*(?:(?!\*/).)*\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)
_STYLE = re.compile(r'^<link rel="stylesheet" href="/static/([\w.]+)">\n', re.MULTILINE)
_SCRIPT = re.compile(r'^<script type="module" src="/static/([\w.]+)"( blocking="render")?></script>\n', re.MULTILINE)


def bundled_page(name: str, files: Mapping[str, str]) -> dict[str, str]:
    """The page `name`.html with one style sheet and one script in the place of those it names, and these two.

    Raises ValueError where a module cannot be bundled, KeyError where a file is missing.
    """
    html = files[f"{name}.html"]
    styles, scripts = _STYLE.findall(html), _SCRIPT.findall(html)
    blocking = ' blocking="render"' if any(blocks for _, blocks in scripts) else ""
    head = (
        f'<link rel="stylesheet" href="/static/{name}.bundle.css">\n'
        f'<script type="module" src="/static/{name}.bundle.js"{blocking}></script>\n'
    )
    html = _SCRIPT.sub("", _STYLE.sub("", html)).replace("</head>\n", f"{head}</head>\n", 1)
    return {
        f"{name}.html": html,
        f"{name}.bundle.css": "\n".join(files[each] for each in styles),
        f"{name}.bundle.js": bundle(files, [script for script, _ in scripts]),
    }


def bundle(modules: Mapping[str, str], entries: Sequence[str]) -> str:
    """One module that does what loading `entries`, one after another, does. modules: their texts by name.

    Each is run once, in a function of its own, after those that it imports. Raises ValueError for modules that import
    each other in a circle or use a form that is not understood, KeyError for one that is missing.
    """
    return "\n".join(_in_a_scope(name, modules[name]) for name in _in_order(modules, entries))


def _in_order(modules: Mapping[str, str], entries: Sequence[str]) -> list[str]:
    """Each after what it imports (depth first, as ECMAScript evaluates them)."""
    order: list[str] = []

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise ValueError(f"These modules import each other: {' -> '.join((*path, name))}.")
        if name not in order:
            for _, imported in _IMPORT.findall(modules[name]):
                visit(imported, (*path, name))
            order.append(name)

    for entry in entries:
        visit(entry, ())
    return order


def _in_a_scope(name: str, text: str) -> str:
    exported = ", ".join(_EXPORT.findall(text))
    body = _EXPORT.sub("", _IMPORT.sub(lambda found: _taken(found[1], found[2]), _COMMENT.sub("", text)))
    if left := _LEFT.search(body):
        raise ValueError(f"{name} cannot be bundled for the form of {left[0]!r}.")
    return f"// {name}\nconst {_scope(name)} = (() => {{\n{body.rstrip()}\nreturn {{ {exported} }};\n}})();"


def _taken(names: str | None, module: str) -> str:
    if names is None:
        return ""
    taken = (": ".join(each.split(" as ")) for each in _names(names))
    return f"const {{ {', '.join(taken)} }} = {_scope(module)};"


def _names(names: str) -> Iterator[str]:
    return (each.strip() for each in names.split(",") if each.strip())


def _scope(name: str) -> str:
    """What a module's exports are called in the bundle; no module has such a name of its own."""
    return "$" + name.replace(".", "$")
