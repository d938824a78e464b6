"""Access Analyzer: one analyzer of a kind, its settings and its tags."""

from __future__ import annotations

import pytest
from conftest import refused

ARN = "arn:aws:access-analyzer:eu-west-1:123456789012:analyzer/acme"


@pytest.fixture
def analyzer(client):
    return client("accessanalyzer")


def test_an_analyzer_and_its_tags(analyzer):
    assert analyzer.create_analyzer(analyzerName="acme", type="ACCOUNT", tags={"Owner": "platform"})["arn"] == ARN
    got = analyzer.get_analyzer(analyzerName="acme")["analyzer"]
    assert (got["arn"], got["type"], got["status"], got["tags"]) == (ARN, "ACCOUNT", "ACTIVE", {"Owner": "platform"})
    assert "configuration" not in got
    analyzer.tag_resource(resourceArn=ARN, tags={"Environment": "test", "Owner": "audio"})
    analyzer.untag_resource(resourceArn=ARN, tagKeys=["Environment", "Nothing"])
    assert analyzer.list_tags_for_resource(resourceArn=ARN)["tags"] == {"Owner": "audio"}
    analyzer.delete_analyzer(analyzerName="acme")
    assert analyzer.list_analyzers()["analyzers"] == []
    for ask in (
        lambda: analyzer.get_analyzer(analyzerName="acme"),
        lambda: analyzer.delete_analyzer(analyzerName="acme"),
        lambda: analyzer.list_tags_for_resource(resourceArn=ARN),
    ):
        with refused("ResourceNotFoundException", 404):
            ask()


def test_unused_access(analyzer):
    def age(name):
        return analyzer.get_analyzer(analyzerName=name)["analyzer"]["configuration"]["unusedAccess"]["unusedAccessAge"]

    analyzer.create_analyzer(analyzerName="unused", type="ACCOUNT_UNUSED_ACCESS")
    assert age("unused") == 90
    settings = {"unusedAccess": {"unusedAccessAge": 180}}
    assert analyzer.update_analyzer(analyzerName="unused", configuration=settings)["configuration"] == settings
    assert age("unused") == 180
    found = analyzer.list_analyzers(type="ACCOUNT_UNUSED_ACCESS")["analyzers"]
    assert [row["name"] for row in found] == ["unused"]
    assert analyzer.list_analyzers(type="ACCOUNT")["analyzers"] == []


def test_one_analyzer_of_a_kind_in_a_region(analyzer, client):
    analyzer.create_analyzer(analyzerName="acme", type="ACCOUNT")
    with refused("ConflictException", 409):
        analyzer.create_analyzer(analyzerName="acme", type="ACCOUNT_UNUSED_ACCESS")
    with refused("ServiceQuotaExceededException", 402):
        analyzer.create_analyzer(analyzerName="other", type="ACCOUNT")
    analyzer.create_analyzer(analyzerName="unused", type="ACCOUNT_UNUSED_ACCESS")
    client("accessanalyzer", "eu-central-1").create_analyzer(analyzerName="acme", type="ACCOUNT")


@pytest.mark.parametrize(
    "arguments",
    [
        {"type": "EXTERNAL"},
        {"type": "ORGANIZATION"},
        {"type": "ACCOUNT", "analyzerName": "1-acme"},
        {"type": "ACCOUNT", "configuration": {"unusedAccess": {"unusedAccessAge": 90}}},
        {"type": "ACCOUNT_UNUSED_ACCESS", "configuration": {"unusedAccess": {"unusedAccessAge": 366}}},
    ],
)
def test_analyzers_that_aws_refuses(analyzer, arguments):
    with refused("ValidationException", 400):
        analyzer.create_analyzer(**{"analyzerName": "acme", **arguments})
    assert analyzer.list_analyzers()["analyzers"] == []


def test_external_access_has_no_settings(analyzer):
    analyzer.create_analyzer(analyzerName="acme", type="ACCOUNT")
    with refused("ValidationException", 400):
        analyzer.update_analyzer(analyzerName="acme", configuration={"unusedAccess": {"unusedAccessAge": 90}})
