"""Serves the components to Pulumi programs of every language; the engine starts it.

A clone of the repository is enough: the folder above holds both packages that are needed.
"""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from pulumi.provider import main

    from components.host import Host

    main(Host(), sys.argv[1:])
