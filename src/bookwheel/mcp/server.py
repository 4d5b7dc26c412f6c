"""The tools behind the protocol: over standard input and output, or over HTTP."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from bookwheel import __version__
from bookwheel.errors import BookwheelError
from bookwheel.library import Library
from bookwheel.mcp.tools import Answer, Tools

_INSTRUCTIONS = (
    "Search an open-access catalogue and cite what you find. Repeat the citation and the address of each record you "
    "speak of, and say so when a record carries a warning."
)

Given = ParamSpec("Given")


def server(library: Library) -> MCPServer[None]:
    """A server that answers from the library for as long as it is open."""
    made: MCPServer[None] = MCPServer(
        name="bookwheel", title=library.config.title, instructions=_INSTRUCTIONS, version=__version__
    )
    tools = Tools(library)
    for tool in (tools.search, tools.get_record, tools.cite, tools.find_similar):
        made.add_tool(_told(tool))
    return made


def _told(tool: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """The tool, whose errors reach the program that asked as sentences."""

    @wraps(tool)
    def answer(*given: Given.args, **named: Given.kwargs) -> Answer:
        try:
            return tool(*given, **named)
        except BookwheelError as error:
            raise ToolError(str(error)) from error

    return answer
