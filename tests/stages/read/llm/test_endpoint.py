"""What counts as local, and what an address may be."""

import pytest

from uncounted.model.errors import BadInput, Refused
from uncounted.stages.read.llm.endpoint import endpoint


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:11434/v1",
        "http://localhost:8080/v1",
        "http://[::1]:8000/v1",
        "http://127.8.9.1/v1",
        "http://LOCALHOST/v1",
    ],
)
def test_loopback_is_local(url: str) -> None:
    assert endpoint(url, "m").local


@pytest.mark.parametrize(
    "host",
    ["192.168.1.5", "10.0.0.1", "172.17.0.1", "169.254.1.1", "0.0.0.0", "[::]", "localhost.example",
     "127.0.0.1.example", "host.docker.internal", "models.example", "[::ffff:10.0.0.1]", "2130706433", "0177.0.0.1"],
)  # fmt: skip
def test_every_other_machine_is_not(host: str) -> None:
    assert not endpoint(f"https://{host}/v1", "m").local


def test_a_model_that_is_passed_on_to_a_cloud_is_not_local() -> None:
    assert not endpoint("http://127.0.0.1:11434/v1", "large:120b-cloud").local


def test_words_never_travel_unencrypted() -> None:
    with pytest.raises(Refused, match="unencrypted"):
        endpoint("http://192.168.1.5:11434/v1", "m")


@pytest.mark.parametrize(
    "url", ["", "models.example/v1", "ftp://models.example", "https://u:p@models.example/v1", "file:///etc/passwd"]
)
def test_an_address_is_an_address(url: str) -> None:
    with pytest.raises(BadInput):
        endpoint(url, "m")


def test_a_model_must_be_named() -> None:
    with pytest.raises(BadInput, match="--model"):
        endpoint("http://127.0.0.1/v1", " ")
