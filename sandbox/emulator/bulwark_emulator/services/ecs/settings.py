"""Account settings: Container Insights, long ARNs, how long a retired task waits.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html
"""

from __future__ import annotations

from typing import Any

from ...registry import operation
from ...route import Call
from ...store import table
from .arns import invalid, page

# What holds without a setting. The long formats cannot be switched off any more.
_DEFAULTS = {
    "serviceLongArnFormat": "enabled",
    "taskLongArnFormat": "enabled",
    "containerInstanceLongArnFormat": "enabled",
    "awsvpcTrunking": "disabled",
    "containerInsights": "disabled",
    "fargateFIPSMode": "disabled",
    "fargateTaskRetirementWaitPeriod": "7",
    "tagResourceAuthorization": "on",
    "guardDutyActivate": "off",
    "dualStackIPv6": "enabled",
    "defaultLogDriverMode": "non-blocking",
}
_VALUES = {
    "containerInsights": ("enabled", "disabled", "enhanced"),
    "fargateTaskRetirementWaitPeriod": ("0", "7", "14"),
    "tagResourceAuthorization": ("on", "off"),
    "guardDutyActivate": ("on", "off"),
    "defaultLogDriverMode": ("blocking", "non-blocking"),
}
_ON_OFF = ("enabled", "disabled")
_MANAGED = "guardDutyActivate"


def _table(call: Call) -> dict[tuple[str, str], str]:
    """Values by principal and name; the account's defaults are those of its root."""
    return table("ecs settings", call.account, call.region)


def _root(call: Call) -> str:
    return f"arn:aws:iam::{call.account}:root"


def effective(call: Call, name: str, principal: str = "") -> str:
    """What holds for a principal: its own value, the account's, or AWS's."""
    known = _table(call)
    return known.get((principal, name)) or known.get((_root(call), name)) or _DEFAULTS[name]


def _setting(principal: str, name: str, value: str) -> dict[str, str]:
    kind = "aws_managed" if name == _MANAGED else "user"
    return {"name": name, "value": value, "principalArn": principal, "type": kind}


def _put(call: Call, principal: str) -> dict[str, Any]:
    name, value = call.params["name"], call.params["value"]
    if name not in _DEFAULTS or name == _MANAGED or value not in _VALUES.get(name, _ON_OFF):
        raise invalid(f"Invalid value '{value}' for the account setting '{name}'.")
    _table(call)[principal, name] = value
    return {"setting": _setting(principal, name, value)}


def _principal(call: Call) -> str:
    return str(call.params.get("principalArn") or call.principal.arn or _root(call))


@operation("ecs", "PutAccountSetting")
def put_account_setting(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutAccountSetting.html"""
    return _put(call, _principal(call))


@operation("ecs", "PutAccountSettingDefault")
def put_account_setting_default(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutAccountSettingDefault.html"""
    return _put(call, _root(call))


@operation("ecs", "DeleteAccountSetting")
def delete_account_setting(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteAccountSetting.html"""
    principal, name = _principal(call), call.params["name"]
    _table(call).pop((principal, name), None)
    return {"setting": _setting(principal, name, effective(call, name, principal))}


@operation("ecs", "ListAccountSettings")
def list_account_settings(call: Call) -> dict[str, Any]:
    """Without ``effectiveSettings``, those that were put.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListAccountSettings.html
    """
    principal = _principal(call)
    if call.params.get("effectiveSettings"):
        found = [_setting(principal, name, effective(call, name, principal)) for name in _DEFAULTS]
    else:
        found = [_setting(*key, value) for key, value in _table(call).items() if key[0] == principal]
    name, value = call.params.get("name"), call.params.get("value")
    found = [one for one in found if name in (None, one["name"]) and value in (None, one["value"])]
    shown, rest = page(call, found, 10)
    return {"settings": shown, **rest}
