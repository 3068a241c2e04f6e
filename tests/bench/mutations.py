"""Small changes to a module that its tests should notice: numbers, comparisons, `and`/`or`, `+`/`-`, `not`, returns.

One change a place, chosen by the hash of what stands there, so that the same code always gives the same changes and an
edit elsewhere in a module moves none. Strings, annotations and f-strings are left alone.
"""

import ast
import copy
import difflib
import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec import Struct

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_TEXT = (ast.JoinedStr, ast.List, ast.Tuple)


class Mutant(Struct, frozen=True):
    """A change of a file: `before` at `offset` (bytes) becomes `after`. rank: hexadecimal, by which samples are drawn.

    rank comes from the path, the line's text and which of its like it is, not from the line's number.
    """

    path: str
    line: int
    kind: str
    offset: int
    before: str
    after: str
    rank: str

    def applied(self, source: bytes) -> bytes:
        """The file with the change. Raises ValueError for another file."""
        before = self.before.encode()
        if source[self.offset : self.offset + len(before)] != before:
            raise ValueError(f"{self.path} is not the file that was mutated")
        return source[: self.offset] + self.after.encode() + source[self.offset + len(before) :]

    def diff(self, source: bytes) -> str:
        """The lines that change, before and after."""
        old, new = source.decode().splitlines(), self.applied(source).decode().splitlines()
        lines = difflib.unified_diff(old, new, lineterm="", n=0)
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def mutants(path: PurePosixPath, source: bytes) -> Iterator[Mutant]:
    """One for each place of a module that can be changed, in no order. Raises SyntaxError for what is no module."""
    lines = source.split(b"\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    seen: Counter[str] = Counter()
    for node, kind, changes in _places(ast.parse(source)):
        if node.end_lineno is None or node.end_col_offset is None:
            continue
        offset = starts[node.lineno - 1] + node.col_offset
        before = source[offset : starts[node.end_lineno - 1] + node.end_col_offset].decode()
        place = f"{path}\0{lines[node.lineno - 1].strip().decode()}\0{kind}\0{before}"
        seen[place] += 1
        rank = hashlib.sha256(f"{place}\0{seen[place]}".encode()).hexdigest()
        after = changes[int(rank[:8], 16) % len(changes)]
        yield Mutant(str(path), node.lineno, kind, offset, before, after, rank)


def _places(tree: ast.Module) -> Iterator[tuple[ast.expr, str, list[str]]]:
    """Expressions, what is changed in them, and the texts that may stand in their place."""
    skipped = _left_alone(tree)
    truths = _truth_returns(tree)
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
            text = ast.unparse(node.value)
            yield node.value, "return", [f"(not ({text}))" if node in truths else "None"]
        elif isinstance(node, ast.expr):
            yield from _expression(node)


def _expression(node: ast.expr) -> Iterator[tuple[ast.expr, str, list[str]]]:
    match node:
        case ast.Constant(value=bool()):
            return
        case ast.Constant(value=int() | float() as number):
            yield node, "number", _numbers(number)
        case ast.Compare(ops=[operator, *_]) if type(operator) in _COMPARISONS:
            changed = copy.deepcopy(node)
            changed.ops[0] = _COMPARISONS[type(operator)]()
            yield node, "comparison", [f"({ast.unparse(changed)})"]
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield node, "and, or", [f"({ast.unparse(ast.BoolOp(other, node.values))})"]
        case ast.BinOp(op=ast.Add() | ast.Sub()) if not any(map(_is_text, (node.left, node.right))):
            sign = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
            yield node, "sign", [f"({ast.unparse(ast.BinOp(node.left, sign, node.right))})"]
        case ast.UnaryOp(op=ast.Not()):
            yield node, "not", [f"({ast.unparse(node.operand)})"]


def _numbers(number: float) -> list[str]:
    """By factor and by sign; 0 becomes 1."""
    if not number:
        return ["1" if isinstance(number, int) else "1.0"]
    half = number // 2 if isinstance(number, int) else number / 2
    return [repr(number * 2), repr(half), f"(-{number!r})"]


def _left_alone(tree: ast.Module) -> set[ast.AST]:
    """Annotations, patterns, f-strings and what is for type checkers only."""
    roots: list[ast.AST | None] = []
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign() | ast.arg():
                roots.append(node.annotation)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                roots.append(node.returns)
            case ast.JoinedStr() | ast.pattern():
                roots.append(node)
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                roots += node.body
    return {each for root in roots if root is not None for each in ast.walk(root)}


def _truth_returns(tree: ast.Module) -> set[ast.Return]:
    """The returns of functions that say they give a bool."""
    functions = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    says_so = [each for each in functions if isinstance(each.returns, ast.Name) and each.returns.id == "bool"]
    return {node for each in says_so for node in ast.walk(each) if isinstance(node, ast.Return)}


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, _TEXT) or (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes))
