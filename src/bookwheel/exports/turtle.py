"""Turtle: the statements of `graph` as people can read them too."""

from collections.abc import Iterable, Iterator

from bookwheel.exports.base import Item
from bookwheel.exports.graph import PREFIXES, Address, Literal, Node, Value, described

_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def write(items: Iterable[Item]) -> Iterator[bytes]:
    yield "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()).encode()
    for item in items:
        yield "".join(_described(described(item))).encode()
    yield b""


def _described(first: Node) -> Iterator[str]:
    """What is said of a thing, then of the things with addresses it speaks of."""
    waiting = [first]
    while waiting:
        node = waiting.pop(0)
        yield f"\n<{node.iri}> {_said(node, '  ', waiting)} .\n"


def _said(node: Node, indent: str, waiting: list[Node]) -> str:
    said = [f"a {node.kind}", *(f"{name} {_value(value, indent + '  ', waiting)}" for name, value in node.said)]
    return f" ;\n{indent}".join(said)


def _value(value: Value, indent: str, waiting: list[Node]) -> str:
    match value:
        case Literal(text, language):
            return f'"{text.translate(_ESCAPED)}"' + (f"@{language}" if language else "")
        case Address(iri):
            return f"<{iri}>"
        case Node():
            return _node(value, indent, waiting)
    listed = [f"rdf:_{n} {_node(node, indent, waiting)}" for n, node in enumerate(value.nodes, 1)]
    return f" ;\n{indent}".join(["[ a rdf:Seq", *listed]) + " ]"


def _node(node: Node, indent: str, waiting: list[Node]) -> str:
    """A thing without an address is described where it is spoken of, one with an address behind."""
    if node.iri:
        waiting.append(node)
        return f"<{node.iri}>"
    return f"[ {_said(node, indent, waiting)} ]"
