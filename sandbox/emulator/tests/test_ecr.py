"""Repositories of images: settings, policies, images and their tags."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import ACCOUNT, REGION, refused

KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/11111111-2222-3333-4444-555555555555"
MANIFEST = {
    "schemaVersion": 2,
    "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
    "config": {
        "mediaType": "application/vnd.docker.container.image.v1+json",
        "size": 7,
        "digest": f"sha256:{'a' * 64}",
    },
    "layers": [],
}
LIFECYCLE = {
    "rules": [
        {
            "rulePriority": 1,
            "description": "untagged",
            "selection": {
                "tagStatus": "untagged",
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": 14,
            },
            "action": {"type": "expire"},
        }
    ]
}


@pytest.fixture
def ecr(client: Any) -> Any:
    return client("ecr")


def manifest(size: int = 7) -> str:
    return json.dumps({**MANIFEST, "config": {**MANIFEST["config"], "size": size}})


def repository(ecr: Any, **more: Any) -> dict[str, Any]:
    return dict(ecr.create_repository(repositoryName="acme/web", **more)["repository"])


def describe(ecr: Any) -> dict[str, Any]:
    return dict(ecr.describe_repositories(repositoryNames=["acme/web"])["repositories"][0])


def test_a_repository_keeps_what_it_is_given(ecr: Any) -> None:
    given = {
        "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
        "imageTagMutabilityExclusionFilters": [{"filterType": "WILDCARD", "filter": "latest*"}],
        "imageScanningConfiguration": {"scanOnPush": True},
        "encryptionConfiguration": {"encryptionType": "KMS", "kmsKey": KEY},
    }
    made = repository(ecr, **given, tags=[{"Key": "Owner", "Value": "platform"}])
    assert made["repositoryUri"] == f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/acme/web"
    told = describe(ecr)
    assert {name: told[name] for name in given} == given
    arn = told["repositoryArn"]
    assert ecr.list_tags_for_resource(resourceArn=arn)["tags"] == [{"Key": "Owner", "Value": "platform"}]
    ecr.tag_resource(resourceArn=arn, tags=[{"Key": "a", "Value": "b"}])
    ecr.untag_resource(resourceArn=arn, tagKeys=["Owner"])
    assert ecr.list_tags_for_resource(resourceArn=arn)["tags"] == [{"Key": "a", "Value": "b"}]
    ecr.put_image_tag_mutability(repositoryName="acme/web", imageTagMutability="IMMUTABLE")
    ecr.put_image_scanning_configuration(repositoryName="acme/web", imageScanningConfiguration={"scanOnPush": False})
    told = describe(ecr)
    assert (told["imageTagMutability"], told["imageScanningConfiguration"]) == ("IMMUTABLE", {"scanOnPush": False})
    assert "imageTagMutabilityExclusionFilters" not in told


def test_what_a_repository_has_without_being_told(ecr: Any) -> None:
    repository(ecr)
    told = describe(ecr)
    assert (told["imageTagMutability"], told["encryptionConfiguration"]) == ("MUTABLE", {"encryptionType": "AES256"})
    with refused("RepositoryAlreadyExistsException"):
        repository(ecr)


def test_the_key_of_ecr_is_used_when_none_is_named(ecr: Any) -> None:
    repository(ecr, encryptionConfiguration={"encryptionType": "KMS"})
    configuration = describe(ecr)["encryptionConfiguration"]
    assert configuration["encryptionType"] == "KMS"
    assert configuration["kmsKey"].startswith(f"arn:aws:kms:{REGION}:{ACCOUNT}:key/")


def test_policies(ecr: Any) -> None:
    repository(ecr)
    for read, code in (
        ("get_lifecycle_policy", "LifecyclePolicyNotFoundException"),
        ("get_repository_policy", "RepositoryPolicyNotFoundException"),
    ):
        with refused(code):
            getattr(ecr, read)(repositoryName="acme/web")
    ecr.put_lifecycle_policy(repositoryName="acme/web", lifecyclePolicyText=json.dumps(LIFECYCLE))
    told = ecr.get_lifecycle_policy(repositoryName="acme/web")
    assert json.loads(told["lifecyclePolicyText"]) == LIFECYCLE
    ecr.delete_lifecycle_policy(repositoryName="acme/web")
    wrong = {"rules": [{**LIFECYCLE["rules"][0], "action": {"type": "archive"}}]}
    with refused("InvalidParameterException"):
        ecr.put_lifecycle_policy(repositoryName="acme/web", lifecyclePolicyText=json.dumps(wrong))
    statement = {"Sid": "Pull", "Effect": "Allow", "Principal": "*", "Action": ["ecr:BatchGetImage"]}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    ecr.set_repository_policy(repositoryName="acme/web", policyText=json.dumps(policy))
    assert json.loads(ecr.get_repository_policy(repositoryName="acme/web")["policyText"]) == policy
    ecr.delete_repository_policy(repositoryName="acme/web")


def test_a_tag_that_is_immutable_stays(ecr: Any) -> None:
    repository(ecr, imageTagMutability="IMMUTABLE")
    put = ecr.put_image(repositoryName="acme/web", imageManifest=manifest(), imageTag="1")["image"]
    with refused("ImageTagAlreadyExistsException"):
        ecr.put_image(repositoryName="acme/web", imageManifest=manifest(8), imageTag="1")
    with refused("ImageAlreadyExistsException"):
        ecr.put_image(repositoryName="acme/web", imageManifest=manifest(), imageTag="1")
    ecr.put_image(repositoryName="acme/web", imageManifest=manifest(), imageTag="stable")
    image = ecr.describe_images(repositoryName="acme/web", imageIds=[{"imageTag": "1"}])["imageDetails"][0]
    assert image["imageDigest"] == put["imageId"]["imageDigest"]
    assert sorted(image["imageTags"]) == ["1", "stable"]


def test_exclusions_of_immutability(ecr: Any) -> None:
    repository(
        ecr,
        imageTagMutability="IMMUTABLE_WITH_EXCLUSION",
        imageTagMutabilityExclusionFilters=[{"filterType": "WILDCARD", "filter": "preview-*"}],
    )
    for size in (7, 8):
        ecr.put_image(repositoryName="acme/web", imageManifest=manifest(size), imageTag="preview-1")
    ecr.put_image(repositoryName="acme/web", imageManifest=manifest(9), imageTag="1")
    with refused("ImageTagAlreadyExistsException"):
        ecr.put_image(repositoryName="acme/web", imageManifest=manifest(10), imageTag="1")


def test_a_repository_with_images_is_not_deleted_by_mistake(ecr: Any) -> None:
    repository(ecr)
    ecr.put_image(repositoryName="acme/web", imageManifest=manifest(), imageTag="1")
    with refused("RepositoryNotEmptyException"):
        ecr.delete_repository(repositoryName="acme/web")
    ecr.delete_repository(repositoryName="acme/web", force=True)
    with refused("RepositoryNotFoundException"):
        describe(ecr)


def test_scanning_of_the_registry(ecr: Any) -> None:
    rules = [{"scanFrequency": "SCAN_ON_PUSH", "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}]}]
    assert ecr.get_registry_scanning_configuration()["scanningConfiguration"] == {"scanType": "BASIC", "rules": []}
    ecr.put_registry_scanning_configuration(scanType="BASIC", rules=rules)
    assert ecr.get_registry_scanning_configuration()["scanningConfiguration"] == {"scanType": "BASIC", "rules": rules}


def test_images_that_are_not_there(ecr: Any) -> None:
    repository(ecr)
    with refused("ImageNotFoundException"):
        ecr.describe_images(repositoryName="acme/web", imageIds=[{"imageTag": "1"}])
    found = ecr.batch_get_image(repositoryName="acme/web", imageIds=[{"imageTag": "1"}])
    assert (found["images"], found["failures"][0]["failureCode"]) == ([], "ImageNotFound")
