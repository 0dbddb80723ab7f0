"""Pipe tables.

The expected HTML is what kramdown 2.4.0 with GFM input writes, typographic symbols and ids off.
"""

from __future__ import annotations

import pytest

from tests.reading.scanned import html

TABLES: dict[str, tuple[str, str]] = {
    "one line": ("하나 | 둘\n", "<table><tbody><tr><td>하나</td><td>둘</td></tr></tbody></table>"),
    "head": (
        "하나 | 둘\n---|---\n셋 | 넷\n",
        "<table><thead><tr><th>하나</th><th>둘</th></tr></thead><tbody><tr><td>셋</td><td>넷</td></tr></tbody></table>",
    ),
    "alignment": (
        "|하나|둘|셋|\n|:--|--:|:-:|\n|a|b|c|d|\n",
        '<table><thead><tr><th style="text-align: left">하나</th><th style="text-align: right">둘</th><th style="text-align: center">셋</th><th>\u00a0</th></tr></thead><tbody><tr><td style="text-align: left">a</td><td style="text-align: right">b</td><td style="text-align: center">c</td><td>d</td></tr></tbody></table>',
    ),
    "edge pipes only on the first line": (
        "|하나|둘\n셋|넷\n",
        "<table><tbody><tr><td>하나</td><td>둘</td></tr><tr><td>셋</td><td>넷</td></tr></tbody></table>",
    ),
    "no edge pipes on the first line": (
        "하나|둘\n|셋|넷\n",
        "<table><tbody><tr><td>하나</td><td>둘</td><td>\u00a0</td></tr><tr><td>\u00a0</td><td>셋</td><td>넷</td></tr></tbody></table>",
    ),
    "short row": ("하나|둘|셋\n넷\n", "<p>하나|둘|셋\n넷</p>"),
    "filled row": (
        "하나|둘\n셋|\n",
        "<table><tbody><tr><td>하나</td><td>둘</td></tr><tr><td>셋</td><td>\u00a0</td></tr></tbody></table>",
    ),
    "escaped pipe": (
        "하나 \\| 둘 | 셋\n",
        "<table><tbody><tr><td>하나 | 둘</td><td>셋</td></tr></tbody></table>",
    ),
    "code span": (
        "`a|b` | 하나\n",
        "<table><tbody><tr><td><code>a|b</code></td><td>하나</td></tr></tbody></table>",
    ),
    "only a code span": ("`a|b`\n", "<p><code>a|b</code></p>"),
    "only an element": ("<b>하나|둘</b>\n", "<p><b>하나|둘</b></p>"),
    "element torn apart": (
        "<b>하나|둘</b> | 셋\n",
        "<table><tbody><tr><td><b>하나</b></td><td>둘&lt;/b&gt;</td><td>셋</td></tr></tbody></table>",
    ),
    "link with a pipe": (
        "[하나 | 둘](u)\n",
        "<table><tbody><tr><td>[하나</td><td>둘](u)</td></tr></tbody></table>",
    ),
    "line without a pipe": ("하나 | 둘\n셋\n", "<p>하나 | 둘\n셋</p>"),
    "no room before": ("<p>x</p>\n하나 | 둘\n", "<p>x</p><p>하나 | 둘</p>"),
    "no room after": ("하나 | 둘\n- 셋\n", "<p>하나 | 둘</p><ul><li>셋</li></ul>"),
    "room after: attribute list": (
        "하나 | 둘\n{:.x}\n",
        '<table class="x"><tbody><tr><td>하나</td><td>둘</td></tr></tbody></table>',
    ),
    "head without body": ("하나|둘\n-|-\n", "<p>하나|둘</p><ul><li>|-</li></ul>"),
    "two bodies": (
        "하나|둘\n-|-\n셋|넷\n-|-\na|b\n",
        "<table><thead><tr><th>하나</th><th>둘</th></tr></thead><tbody><tr><td>셋</td><td>넷</td></tr></tbody><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
    ),
    "foot": (
        "하나|둘\n=|=\n셋|넷\n",
        "<table><tbody><tr><td>하나</td><td>둘</td></tr></tbody><tfoot><tr><td>셋</td><td>넷</td></tr></tfoot></table>",
    ),
    "empty cell": (
        "하나||둘\n",
        "<table><tbody><tr><td>하나</td><td>\u00a0</td><td>둘</td></tr></tbody></table>",
    ),
    "spans in cells": (
        "**하나** | [둘](u)\n",
        '<table><tbody><tr><td><strong>하나</strong></td><td><a href="u">둘</a></td></tr></tbody></table>',
    ),
    "quoted": (
        "> 하나|둘\n",
        "<blockquote><table><tbody><tr><td>하나</td><td>둘</td></tr></tbody></table></blockquote>",
    ),
}


@pytest.mark.parametrize(("source", "expected"), TABLES.values(), ids=TABLES)
def test_tables_are_read_as_kramdown_reads_them(source: str, expected: str) -> None:
    assert html(source) == expected
