"""Files, functions, view handlers and templates stay small enough to be read at once."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import Fault, python_files, templates, text, tree, verdict

FILE_LINES = 400
FUNCTION_LINES = 40
HANDLER_LINES = 30
TEMPLATE_LINES = 120
TEMPLATE_IFS = 8

# path -> reason. Empty is the wish; split by noun first.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
LONG_HANDLERS: dict[str, str] = {}
LONG_TEMPLATES: dict[str, str] = {}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: str) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines from `def` to the end without the docstring: words that explain must cost nothing."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is not None:
        words = function.body[0]
        lines -= (words.end_lineno or words.lineno) - words.lineno + 1
    return lines


def long_functions() -> Iterator[Fault]:
    for path in python_files(product_only=True):
        for function in functions(path):
            if length(function) > FUNCTION_LINES:
                yield path, f"{function.name} has {length(function)} lines, at most {FUNCTION_LINES}"


def is_view_module(path: str) -> bool:
    return path.endswith("/views.py") or "/views/" in path


def long_handlers() -> Iterator[Fault]:
    for path in filter(is_view_module, python_files(product_only=True)):
        for function in functions(path):
            asks = {argument.arg for argument in function.args.posonlyargs + function.args.args}
            if "request" in asks and length(function) > HANDLER_LINES:
                yield path, f"handler {function.name} has {length(function)} lines, at most {HANDLER_LINES}"


def long_files() -> Iterator[Fault]:
    for path in python_files():
        lines = text(path).count("\n")
        if lines > FILE_LINES:
            yield path, f"{lines} lines, at most {FILE_LINES}"


def long_templates() -> Iterator[Fault]:
    for path in templates():
        source = text(path)
        lines, ifs = source.count("\n"), len(re.findall(r"{%-?\s*if\b", source))
        if lines > TEMPLATE_LINES:
            yield path, f"{lines} lines, at most {TEMPLATE_LINES}"
        if ifs > TEMPLATE_IFS:
            yield path, f"{ifs} ifs, at most {TEMPLATE_IFS}: let the view decide"


def test_files() -> None:
    verdict(long_files(), LONG_FILES)


def test_functions() -> None:
    verdict(long_functions(), LONG_FUNCTIONS)


def test_view_handlers() -> None:
    verdict(long_handlers(), LONG_HANDLERS)


def test_templates() -> None:
    verdict(long_templates(), LONG_TEMPLATES)


def test_a_docstring_costs_nothing() -> None:
    source = 'def f():\n    """One.\n\n    Two.\n    """\n    return 1\n'
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    assert length(function) == 2
