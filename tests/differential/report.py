"""What differs, grouped: one line of figures, then each kind of difference with the cases that show it."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from .dom import Difference

__all__ = ["Disagreement", "render_report"]


@attrs.frozen
class Disagreement:
    """One case in which the two readings part; `left` is the reference engine's side, `right` is ours."""

    name: str
    difference: Difference


def render_report(disagreements: Iterable[Disagreement], total: int, examples: int = 5) -> str:
    """The report as text, the largest group first, at most `examples` cases of a group in full."""
    groups: dict[str, list[Disagreement]] = {}
    for disagreement in disagreements:
        groups.setdefault(disagreement.difference.kind, []).append(disagreement)
    differing = sum(map(len, groups.values()))
    lines = [f"{total - differing} of {total} equal, {differing} differ in {len(groups)} ways"]
    for kind, members in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        lines += ["", f"{len(members)} x {kind}"]
        for member in members[:examples]:
            lines.append(f"  {member.name}: {member.difference.path}")
            lines.append(f"    kramdown  {member.difference.left}")
            lines.append(f"    ours      {member.difference.right}")
        if len(members) > examples:
            rest = members[examples:]
            lines.append(f"  and {len(rest)} more: {' '.join(member.name for member in rest[:40])}")
    return "\n".join(lines)
