"""Elastic Container Registry: digests of images that are those of their manifests, and tags that stay."""

from __future__ import annotations

import hashlib
from fnmatch import fnmatchcase

from moto.ecr.models import Image, Repository, ecr_backends

from ..answer import Answer
from ..errors import AwsError
from ..registry import operation
from ..route import Call


def _digest(image: Image) -> None:
    """The digest of an image is that of its manifest. moto takes that of its layers, so that manifests that differ in
    their configuration only, or have no layers, are one image.

    https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageDetail.html
    """
    image._image_digest = f"sha256:{hashlib.sha256(image.image_manifest.encode()).hexdigest()}"


Image._create_digest = _digest


@operation("ecr", "PutImage")
def put_image(call: Call) -> Answer:
    """A tag that is immutable stays where it is. moto says that the image is there: AWS says so of the same manifest.

    https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html
    """
    name, tag = call.params["repositoryName"], call.params.get("imageTag")
    repository = ecr_backends[call.account][call.region].repositories.get(name)
    if repository is not None and tag:
        others = [image for image in repository.images if image.image_manifest != call.params["imageManifest"]]
        if _immutable(repository, tag) and any(tag in image.image_tags for image in others):
            raise AwsError(
                "ImageTagAlreadyExistsException",
                f"The image tag '{tag}' already exists in the '{name}' repository and cannot be overwritten because the"
                " tag is immutable.",
                400,
            )
    return call.forward()


def _immutable(repository: Repository, tag: str) -> bool:
    """https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageTagMutabilityExclusionFilter.html"""
    setting = str(getattr(repository.image_tag_mutability, "value", repository.image_tag_mutability))
    filters = repository.image_tag_mutability_exclusion_filters or []
    excluded = setting.endswith("_WITH_EXCLUSION") and any(fnmatchcase(tag, one["filter"]) for one in filters)
    return setting.startswith("IMMUTABLE") != excluded
