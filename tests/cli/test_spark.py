"""``--engine spark`` where something is missing."""

import sys

import pytest

from uncounted.cli.spark import spark_session
from uncounted.model.errors import BadInput


def test_without_pyspark_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(BadInput, match=r"uncounted\[spark\]"), spark_session("test"):
        pass


def test_without_java_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(BadInput, match="Java"), spark_session("test"):
        pass
