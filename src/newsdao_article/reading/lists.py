from __future__ import annotations
from typing import Any
def read_definition_list(reader: Any, position: int) -> int:
    return -1
def read_list(reader: Any, position: int) -> int:
    return -1
