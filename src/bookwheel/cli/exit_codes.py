"""What `bookwheel` returns to the shell, each code with its meaning; errors bring theirs along."""

from collections.abc import Mapping
from types import MappingProxyType

from bookwheel.errors import CatalogueError, EngineError, SourceError, StoreError, UnknownNameError

OK = 0
ERROR = 1
USAGE = 2
PROBLEMS_FOUND = 8
INTERRUPTED = 130
PIPE_CLOSED = 141

MEANINGS: Mapping[int, str] = MappingProxyType(
    {
        OK: "Done.",
        ERROR: "Something unforeseen, or the system refused: full disk, missing permission, port in use.",
        USAGE: "The command line cannot be understood.",
        CatalogueError.exit_code: "The folder is no catalogue, or its settings cannot be used.",
        UnknownNameError.exit_code: "A source, format, engine or record nobody knows.",
        SourceError.exit_code: "A repository or file did not deliver. What it gave before is kept.",
        StoreError.exit_code: "The database refused.",
        EngineError.exit_code: "The index refused, or is missing.",
        PROBLEMS_FOUND: "`check` found an error, or a check of the demo failed.",
        INTERRUPTED: "Stopped by Ctrl-C.",
        PIPE_CLOSED: "Whoever read the output stopped reading (`bookwheel search … | head`).",
    }
)
