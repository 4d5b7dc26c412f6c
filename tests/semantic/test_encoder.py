"""The extra is asked for when it is needed, and not before."""

import subprocess
import sys
from pathlib import Path

import pytest

from bookwheel.errors import ConfigError
from bookwheel.semantic import encoder


def test_a_catalogue_opens_without_the_packages_of_the_extra() -> None:
    program = f"import sys, bookwheel.library; print(sorted(sys.modules.keys() & {set(encoder.EXTRA)!r}))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout == "[]\n"


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "find_spec", lambda name: None if name == "onnxruntime" else object())
    message = r"the extra 'semantic' is not installed \(onnxruntime missing\): docs/how-to/semantic\.md tells how"
    with pytest.raises(ConfigError, match=message):
        encoder.load(tmp_path)
