"""Every measurement of the main job in one run, on a catalogue of invented records made for it.

    python -m bench [--records 100000]

Each part prints its own baseline and ratio; `bench/engine.py` compares the index with SQLite's on its own.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    records = str(parser.parse_args().records)
    with tempfile.TemporaryDirectory(prefix="bookwheel-bench-") as folder:
        catalogue = str(Path(folder) / "catalogue")
        for part in ("bench.pipeline", "bench.latency", "bench.worst"):
            # A process each, so that memory is told for each alone.
            command = [sys.executable, "-m", part, "--records", records, "--catalogue", catalogue]
            if status := subprocess.run(command, check=False).returncode:
                return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
