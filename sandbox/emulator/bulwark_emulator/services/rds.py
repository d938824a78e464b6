"""RDS: resource ids that tell instances apart."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from moto.rds.models import DBInstance

_make = DBInstance.__init__


def _init(instance: DBInstance, *arguments: Any, **named: Any) -> None:
    """moto gives every instance one id, so that a policy about one database would be about all.

    https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html
    """
    _make(instance, *arguments, **named)
    name = f"{instance.db_instance_identifier} {instance.region} {instance.account_id} {id(instance)}"
    digest = base64.b32encode(hashlib.sha256(name.encode()).digest()).decode()
    instance.dbi_resource_id = f"db-{digest[:26]}"


DBInstance.__init__ = _init  # type: ignore[method-assign]
