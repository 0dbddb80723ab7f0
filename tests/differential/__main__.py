"""Both readings of one body, and where they part.

python -m tests.differential FILE        # a post file
echo '**가' | python -m tests.differential    # a body
"""

from __future__ import annotations

import sys
from pathlib import Path

from .engine import KramdownEngine
from .readings import difference_from, file_with_body, jekyll_body, our_html


def main() -> int:
    """Print both; 1 if they part."""
    names = sys.argv[1:]
    text = Path(names[0]).read_bytes().decode() if names else file_with_body(sys.stdin.buffer.read().decode())
    with KramdownEngine() as engine:
        answer = engine.render(jekyll_body(text))
    print("kramdown:", answer.html if answer.html is not None else answer.error, sep="\n")
    for warning in answer.warnings:
        print("warning:", warning)
    if answer.html is None:
        return 2
    difference = difference_from(answer, text)
    try:
        print("ours:", our_html(text), sep="\n")
    except Exception as error:
        print("ours:", repr(error), sep="\n")
    print(difference if difference is not None else "equal")
    return 1 if difference is not None else 0


if __name__ == "__main__":
    sys.exit(main())
