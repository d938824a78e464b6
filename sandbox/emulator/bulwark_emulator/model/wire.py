"""What a request says in its text and the model does not know: unknown members, values of the wrong type.

moto's parsers pass over the one and stumble over the other. Headers and query strings of the REST protocols are
left alone: AWS passes over what it does not know there.
"""

from __future__ import annotations

import base64
import binascii
import difflib
import functools
import json
import xml.etree.ElementTree as ElementTree
from typing import TYPE_CHECKING, Any, Callable, Iterable

from botocore.model import Shape
from botocore.utils import parse_timestamp
from moto.core.parse import PROTOCOL_PARSERS

from .violation import Path, Violation

if TYPE_CHECKING:
    from ..route import Call

# Parameters of the query protocols that belong to no operation.
_COMMON = {
    "Action", "Version", "ContentType", "AWSAccessKeyId", "Signature", "SignatureMethod", "SignatureVersion",
    "SecurityToken", "Timestamp", "Expires",
}  # fmt: skip
_CONTAINERS = ("structure", "list", "map")


def misread(call: Call, shape: Shape) -> list[Violation]:
    """What of the request is not in the form of the model."""
    found: list[Violation] = []
    protocol = call.protocol
    if protocol in ("query", "ec2"):
        _query(call, shape, found)
        return found
    body, at = shape, ()
    payload = shape.serialization.get("payload")
    if payload:
        body, at = shape.members[payload], (payload,)
        if body.type_name != "structure" or body.metadata.get("eventstream"):
            return found
    text = call.request.get_data(cache=True)
    if protocol in ("json", "rest-json"):
        _json_body(body, text, at, found)
    elif protocol == "rest-xml":
        _xml_body(body, text, at, found)
    return found


def _unknown(path: Path, name: str, known: Iterable[str]) -> Violation:
    known = list(known)
    near = difflib.get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(known) or 'none'}"
    return Violation((*path, name), "unknown", f"There is no such member: {hint}")


def _wrong(path: Path, expected: str) -> Violation:
    return Violation(path, "type", f"Member must be {expected}")


@functools.cache
def _in_body(shape: Shape) -> dict[str, tuple[str, Shape]]:
    """Member and shape by the name in the body."""
    return {
        member.serialization.get("name", name): (name, member)
        for name, member in shape.members.items()
        if "location" not in member.serialization
    }


# Text of query strings, headers and XML.


def _text_type(kind: str, text: str) -> str:
    """What the text should be and is not, or nothing."""
    try:
        if kind in ("integer", "long", "short", "byte"):
            int(text)
        elif kind in ("float", "double"):
            float(text)
        elif kind == "boolean" and text.lower() not in ("true", "false"):
            return "true or false"
        elif kind == "timestamp":
            parse_timestamp(text)
        elif kind == "blob":
            base64.b64decode(text)
    except (ValueError, OverflowError, binascii.Error):
        return {"timestamp": "a timestamp", "blob": "in Base64"}.get(kind, "a number")
    return ""


# JSON


def _json_body(shape: Shape, text: bytes, path: Path, found: list[Violation]) -> None:
    try:
        raw = json.loads(text) if text.strip() else {}
    except ValueError:
        found.append(Violation(path, "type", "The body must be JSON"))
        return
    _json(shape, raw, path, found)


def _json(shape: Shape, raw: Any, path: Path, found: list[Violation]) -> None:
    kind = shape.type_name
    if raw is None or shape.metadata.get("document"):
        return
    expected = _json_type(kind, raw)
    if expected:
        found.append(_wrong(path, expected))
    elif kind == "structure":
        members = _in_body(shape)
        for name, value in raw.items():
            if name in members:
                member, inner = members[name]
                _json(inner, value, (*path, member), found)
            elif name != "__type":
                found.append(_unknown(path, name, members))
    elif kind == "list":
        for number, value in enumerate(raw, 1):
            _json(shape.member, value, (*path, number), found)
    elif kind == "map":
        for name, value in raw.items():
            _json(shape.value, value, (*path, name), found)


_JSON_TYPES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "structure": (lambda raw: isinstance(raw, dict), "an object"),
    "map": (lambda raw: isinstance(raw, dict), "an object"),
    "list": (lambda raw: isinstance(raw, list), "a list"),
    "string": (lambda raw: isinstance(raw, str), "a string"),
    "boolean": (lambda raw: isinstance(raw, bool), "true or false"),
    **dict.fromkeys(
        ("integer", "long", "short", "byte"),
        (lambda raw: isinstance(raw, (int, float)) and not isinstance(raw, bool) and raw == int(raw), "a whole number"),
    ),
    **dict.fromkeys(
        ("float", "double"),
        (
            lambda raw: isinstance(raw, (int, float)) and not isinstance(raw, bool)
            or raw in ("NaN", "Infinity", "-Infinity"),
            "a number",
        ),
    ),
}


def _json_type(kind: str, raw: Any) -> str:
    if kind in _JSON_TYPES:
        right, expected = _JSON_TYPES[kind]
        return "" if right(raw) else expected
    if kind == "timestamp" and isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return ""
    if kind in ("timestamp", "blob"):
        return _text_type(kind, raw) if isinstance(raw, str) else _text_type(kind, "?")
    return ""


# The query protocols: Filters.member.1.Name=tag, Filter.1.Name=tag


def _query(call: Call, shape: Shape, found: list[Violation]) -> None:
    parser = PROTOCOL_PARSERS[call.protocol](call.operation)
    flat = call.protocol == "ec2"
    for key, text in call.request.values.items():
        if key not in _COMMON and not key.startswith("X-Amz-"):
            _parameter(shape, key.split("."), text, (), parser._get_serialized_name, flat, found)


def _parameter(
    shape: Shape, rest: list[str], text: str, path: Path, named: Callable[..., Any], flat: bool, found: list[Violation]
) -> None:
    kind = shape.type_name
    if not rest:
        # An empty list, map or structure is a name without a value.
        expected = _text_type(kind, text) if kind not in _CONTAINERS else "given by its members" if text else ""
        if expected:
            found.append(_wrong(path, expected))
        return
    if kind == "structure":
        members = {_query_name(member, name, named, flat): (name, member) for name, member in shape.members.items()}
        if rest[0] in members:
            name, member = members[rest[0]]
            _parameter(member, rest[1:], text, (*path, name), named, flat, found)
        else:
            found.append(_unknown(path, rest[0], members))
        return
    if kind in ("list", "map") and not flat and not shape.serialization.get("flattened"):
        wrapper = named(shape.member, "member") if kind == "list" else "entry"
        if rest[0] != wrapper:
            found.append(_unknown(path, rest[0], [wrapper]))
            return
        rest = rest[1:]
    if kind not in ("list", "map") or not rest or not rest[0].isdigit():
        found.append(_unknown(path, ".".join(rest) or kind, []))
    elif kind == "list":
        _parameter(shape.member, rest[1:], text, (*path, int(rest[0])), named, flat, found)
    else:
        parts = {named(shape.key, "key"): shape.key, named(shape.value, "value"): shape.value}
        if rest[1:2] and rest[1] in parts:
            _parameter(parts[rest[1]], rest[2:], text, (*path, int(rest[0])), named, flat, found)
        else:
            found.append(_unknown(path, ".".join(rest[1:]), parts))


def _query_name(member: Shape, name: str, named: Callable[..., Any], flat: bool) -> str:
    if not flat and member.type_name == "list" and member.serialization.get("flattened"):
        inner = named(member.member, None)
        if inner is not None:
            return str(inner)
    return str(named(member, name))


# XML


def _xml_body(shape: Shape, text: bytes, path: Path, found: list[Violation]) -> None:
    if not text.strip():
        return
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        found.append(Violation(path, "type", "The body must be XML"))
        return
    name = shape.serialization.get("name")
    if name and _local(root.tag) != name:
        found.append(Violation(path, "unknown", f"The root element must be {name}, not {_local(root.tag)}"))
        return
    _xml(shape, root, path, found)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _xml(shape: Shape, node: ElementTree.Element, path: Path, found: list[Violation]) -> None:
    kind = shape.type_name
    if kind == "structure":
        _xml_structure(shape, node, path, found)
    elif kind == "list":
        name = shape.member.serialization.get("name", "member")
        for number, child in enumerate(node, 1):
            if _local(child.tag) != name:
                found.append(_unknown(path, _local(child.tag), [name]))
            else:
                _xml(shape.member, child, (*path, number), found)
    elif kind != "map":
        expected = _text_type(kind, node.text or "")
        if expected:
            found.append(_wrong(path, expected))


def _xml_structure(shape: Shape, node: ElementTree.Element, path: Path, found: list[Violation]) -> None:
    members = {_xml_name(member, name): (name, member) for name, member in _in_body(shape).values()}
    counts: dict[str, int] = {}
    for child in node:
        tag = _local(child.tag)
        if tag not in members:
            found.append(_unknown(path, tag, members))
            continue
        name, member = members[tag]
        counts[name] = counts.get(name, 0) + 1
        if member.type_name == "list" and member.serialization.get("flattened"):
            _xml(member.member, child, (*path, name, counts[name]), found)
        elif counts[name] > 1:
            found.append(Violation((*path, name), "unknown", "There must be one such member at most"))
        else:
            _xml(member, child, (*path, name), found)


def _xml_name(member: Shape, name: str) -> str:
    if member.type_name == "list" and member.serialization.get("flattened"):
        return str(member.member.serialization.get("name", member.serialization.get("name", name)))
    return str(member.serialization.get("name", name))
