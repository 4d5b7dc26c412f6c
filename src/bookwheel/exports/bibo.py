"""RDF/XML in the Bibliographic Ontology, which Zotero imports as "Bibliontology RDF"."""

from collections.abc import Iterable, Iterator

from bookwheel.exports.base import Item
from bookwheel.exports.graph import PREFIXES, Address, Literal, Node, Value, described
from bookwheel.exports.xml import DECLARATION, Xml, element, opening


def write(items: Iterable[Item]) -> Iterator[bytes]:
    names = {f"xmlns:{prefix}": namespace for prefix, namespace in PREFIXES.items()}
    yield f"{DECLARATION}{opening('rdf:RDF', names)}".encode()
    for item in items:
        yield f"{_node(described(item))}\n".encode()
    yield b"</rdf:RDF>\n"


def _node(node: Node) -> Xml:
    said = (_statement(name, value) for name, value in node.said)
    return element(node.kind, *said, attributes={"rdf:about": node.iri})


def _statement(name: str, value: Value) -> Xml:
    match value:
        case Literal(text, language):
            return element(name, text, attributes={"xml:lang": language})
        case Address(iri):
            return element(name, attributes={"rdf:resource": iri})
        case Node():
            return element(name, _node(value))
    return element(name, element("rdf:Seq", *(element("rdf:li", _node(node)) for node in value.nodes)))
