from __future__ import annotations
from typing import Any
def read_bracket_definition(reader: Any, position: int) -> int:
    return -1
def read_notation(reader: Any, position: int) -> int:
    return -1
def read_star_definition(reader: Any, position: int) -> int:
    return -1
