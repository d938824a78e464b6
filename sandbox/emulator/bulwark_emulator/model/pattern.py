"""AWS's patterns, which are Java's, as patterns of the package regex."""

from __future__ import annotations

import functools
import re

import regex

# Java writes a character beyond the basic plane as a pair of surrogates; models have one range of them.
_SURROGATES = re.compile(r"\\u[dD]800\\u[dD][cC]00-\\u[dD][bB][fF][fF]\\u[dD][fF]{3}")
_CODE_POINT = re.compile(r"\\x\{([0-9A-Fa-f]+)\}")
# Java's classes cover ASCII alone, while \p{L} and the like cover all of Unicode; regex has one flag for both.
_ASCII = {"w": "_a-zA-Z0-9", "d": "0-9", "s": r"\ \t-\r"}
_PROPERTIES = {
    r"\p{all}": r"\s\S",
    r"\p{LD}": r"\p{L}\p{Nd}",
    r"\p{Punct}": r"!-/:-@\[-`{-~",
    r"\p{Graph}": r"!-~",
    r"\p{Print}": r"\ -~",
    r"\p{Alnum}": r"a-zA-Z0-9",
    r"\p{Alpha}": r"a-zA-Z",
    r"\p{ASCII}": r"\x00-\x7f",
}
# A pattern that takes longer than this decides nothing.
_SECONDS = 0.5


def fits(pattern: str, text: str) -> bool:
    """Whether the text is as the pattern says.

    A pattern without anchors has to cover the whole text: AWS's services use Java's ``matches``. CloudWatch Logs
    refuses "a b" by ``[\\.\\-_/#A-Za-z0-9]+``, of which a part would do.
    """
    compiled, whole = _compiled(pattern)
    if compiled is None:
        return True
    try:
        return bool((compiled.fullmatch if whole else compiled.search)(text, timeout=_SECONDS))
    except TimeoutError:
        return True


@functools.lru_cache(maxsize=4096)
def _compiled(pattern: str) -> tuple[regex.Pattern[str] | None, bool]:
    try:
        return regex.compile(translate(pattern)), not (pattern.startswith("^") or pattern.endswith("$"))
    except regex.error:
        return None, False  # one pattern in ten thousand is none in Java either; a test names them


def translate(pattern: str) -> str:
    pattern = _SURROGATES.sub(r"\\U00010000-\\U0010FFFF", pattern)
    pattern = _CODE_POINT.sub(lambda found: f"\\U{int(found[1], 16):08x}", pattern)
    made, inside, at = [], False, 0
    while at < len(pattern):
        char = pattern[at]
        taken = char
        if char == "\\":
            taken = pattern[at : at + 2]
            if taken in (r"\p", r"\P") and pattern[at + 2 : at + 3] == "{":
                taken = pattern[at : pattern.index("}", at) + 1]
            members = _ASCII.get(taken[1:]) or _PROPERTIES.get(taken)
            if members and inside and made[-1] == "-":
                made[-1] = r"\-"  # next to a class it stands for itself
            made.append(taken if members is None else members if inside else f"[{members}]")
        else:
            if char == "[" and not inside:
                inside = True
                # A bracket right at the beginning of a class is one of its members.
                begin = re.match(r"\[\^?\]?", pattern[at:])
                taken = begin[0] if begin else char
            elif char == "]" and inside:
                inside = False
            made.append(taken)
        at += len(taken)
    return "".join(made)
