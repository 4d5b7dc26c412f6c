"""The key that signs what the server must know again, kept beside the catalogue for its owner's eyes alone."""

import os
import secrets
from pathlib import Path

FILE_NAME = "secret.key"


def kept_secret(folder: Path | None) -> str:
    """The key in the folder, made at the first start; a new one each time where there is no folder to write to."""
    made = secrets.token_urlsafe(50)
    if folder is None:
        return made
    path = folder / FILE_NAME
    try:
        # Whole before it has its name, and whoever names it first wins: several processes start at once.
        draft = folder / f"{FILE_NAME}.{secrets.token_hex(8)}"
        draft.touch(mode=0o600)
        draft.write_text(made, encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            made = path.read_text(encoding="ascii").strip() or made
        finally:
            draft.unlink()
    except OSError:
        return path.read_text(encoding="ascii").strip() if path.is_file() else made
    return made
