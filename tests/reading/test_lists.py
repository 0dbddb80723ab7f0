"""Lists, task lists and definition lists.

The expected HTML is what kramdown 2.4.0 with GFM input writes, typographic symbols and ids off.
"""

from __future__ import annotations

import pytest

from tests.reading.scanned import html

LISTS: dict[str, tuple[str, str]] = {
    "tight": ("- 하나\n- 둘\n", "<ul><li>하나</li><li>둘</li></ul>"),
    "loose by item": ("- 하나\n- 둘\n\n- 셋\n", "<ul><li>하나</li><li><p>둘</p></li><li>셋</li></ul>"),
    "last item may be tight": (
        "1. 하나\n2. 둘\n\n3. 셋\n",
        "<ol><li>하나</li><li><p>둘</p></li><li>셋</li></ol>",
    ),
    "one item and a blank": ("- 하나\n\n둘\n", "<ul><li>하나</li></ul><p>둘</p>"),
    "ordered without start": ("7. 하나\n8. 둘\n", "<ol><li>하나</li><li>둘</li></ol>"),
    "markers may change": ("- 하나\n* 둘\n+ 셋\n", "<ul><li>하나</li><li>둘</li><li>셋</li></ul>"),
    "nested": (
        "- 하나\n  - 둘\n    - 셋\n- 넷\n",
        "<ul><li>하나\n<ul><li>둘\n<ul><li>셋</li></ul></li></ul></li><li>넷</li></ul>",
    ),
    "nested by four": ("1. 하나\n    - 둘\n", "<ol><li>하나\n<ul><li>둘</li></ul></li></ol>"),
    "indented by one more each": ("- 하나\n - 둘\n  - 셋\n", "<ul><li>하나</li><li>둘</li><li>셋</li></ul>"),
    "lazy line": ("- 하나\n둘\n", "<ul><li>하나\n둘</li></ul>"),
    "lazy line in a nested list": (
        "- 하나\n  - 둘\n셋\n",
        "<ul><li>하나\n<ul><li>둘\n셋</li></ul></li></ul>",
    ),
    "paragraphs in an item": ("- 하나\n\n  둘\n\n셋\n", "<ul><li><p>하나</p><p>둘</p></li></ul><p>셋</p>"),
    "code in an item": ("- 하나\n\n      둘\n", "<ul><li><p>하나</p><pre><code>둘\n</code></pre></li></ul>"),
    "heading in an item": ("- # 하나\n", "<ul><li><h1>하나</h1></li></ul>"),
    "block tag ends the list": ("- 하나\n<p>둘</p>\n", "<ul><li>하나</li></ul><p>둘</p>"),
    "quotation in an item": ("- 하나\n> 둘\n", "<ul><li>하나\n<blockquote><p>둘</p></blockquote></li></ul>"),
    "rule after a blank line": ("- 하나\n\n***\n", "<ul><li>하나</li></ul><hr />"),
    "tab after the marker": ("-\t하나\n\t둘\n", "<ul><li>하나\n둘</li></ul>"),
    "empty item": ("- \n- 하나\n", "<ul><li></li><li>하나</li></ul>"),
    "list in the first line": ("- - 하나\n", "<ul><li><ul><li>하나</li></ul></li></ul>"),
    "no space after the marker": ("-하나\n", "<p>-하나</p>"),
    "pipe after the marker": (
        "-|하나\n",
        "<ul><li><table><tbody><tr><td>하나</td></tr></tbody></table></li></ul>",
    ),
    "end of block parts lists": ("- 하나\n^\n- 둘\n", "<ul><li>하나</li></ul><ul><li>둘</li></ul>"),
    "attributes of an item": ("- {:.x} 하나\n", '<ul><li class="x">하나</li></ul>'),
    "attributes of a list": ("- 하나\n{:.x}\n", '<ul class="x"><li>하나</li></ul>'),
    "many digits": ("10. 하나\n    둘\n", "<ol><li>하나\n둘</li></ol>"),
    "vertical tab ends code": ("    하나\n\x0b둘\n", "<pre><code>하나\n</code></pre><p>둘</p>"),
    "attribute list beside lazy lines": ("100. 하나\n    {:.x}\n", "<ol><li>하나\n    {:.x}</li></ol>"),
    "attribute list that no lazy line is": (
        "100. 하나\n   {:.x}\n",
        '<ol class="x"><li>하나</li></ol>',
    ),
    "table in an item": (
        "- 하나 | 둘\n",
        "<ul><li><table><tbody><tr><td>하나</td><td>둘</td></tr></tbody></table></li></ul>",
    ),
}


@pytest.mark.parametrize(("source", "expected"), LISTS.values(), ids=LISTS)
def test_lists_are_read_as_kramdown_reads_them(source: str, expected: str) -> None:
    assert html(source) == expected


TASK_LISTS: dict[str, tuple[str, str]] = {
    "open and done": (
        "- [ ] 하나\n- [x] 둘\n",
        '<ul class="task-list"><li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled="disabled" />하나</li><li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled="disabled" checked="checked" />둘</li></ul>',
    ),
    "only the first": (
        "- [ ] 하나\n- 둘\n",
        '<ul class="task-list"><li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled="disabled" />하나</li><li class="task-list-item">둘</li></ul>',
    ),
    "second only": (
        "- 하나\n- [x] 둘\n",
        '<ul class="task-list"><li>하나</li><li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled="disabled" checked="checked" />둘</li></ul>',
    ),
    "without space": ("- [ ]하나\n", "<ul><li>[ ]하나</li></ul>"),
    "nested": (
        "- 하나\n  - [ ] 둘\n",
        '<ul><li>하나\n<ul class="task-list"><li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled="disabled" />둘</li></ul></li></ul>',
    ),
}


@pytest.mark.parametrize(("source", "expected"), TASK_LISTS.values(), ids=TASK_LISTS)
def test_task_lists_are_read_as_kramdown_reads_them(source: str, expected: str) -> None:
    assert html(source) == expected


DEFINITION_LISTS: dict[str, tuple[str, str]] = {
    "tight": ("용어\n: 뜻\n", "<dl><dt>용어</dt><dd>뜻</dd></dl>"),
    "several terms and definitions": (
        "하나\n둘\n: 뜻\n: 또\n",
        "<dl><dt>하나</dt><dt>둘</dt><dd>뜻</dd><dd>또</dd></dl>",
    ),
    "loose": ("용어\n\n: 뜻\n", "<dl><dt>용어</dt><dd><p>뜻</p></dd></dl>"),
    "two lists join": ("하나\n: 뜻\n\n둘\n: 또\n", "<dl><dt>하나</dt><dd>뜻</dd><dt>둘</dt><dd>또</dd></dl>"),
    "nothing before": (": 뜻\n", "<p>: 뜻</p>"),
    "with a list inside": (
        "용어\n: - 하나\n  - 둘\n",
        "<dl><dt>용어</dt><dd><ul><li>하나</li><li>둘</li></ul></dd></dl>",
    ),
}


@pytest.mark.parametrize(("source", "expected"), DEFINITION_LISTS.values(), ids=DEFINITION_LISTS)
def test_definition_lists_are_read_as_kramdown_reads_them(source: str, expected: str) -> None:
    assert html(source) == expected
