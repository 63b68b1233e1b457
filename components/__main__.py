"""Serves the components to Pulumi programs of every language; the engine starts it.

A clone of the repository is enough: the folder above holds the library. A copy of this folder alone takes the library that is installed.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    sys.path[:0] = [str(HERE), *([str(HERE.parent)] if (HERE.parent / "cenguard" / "__init__.py").is_file() else [])]
    from cenguard_components.host import serve

    serve()
