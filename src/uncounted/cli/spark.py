"""A Spark session for ``--engine spark``, or a clear word of what is missing."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from uncounted.model.errors import BadInput

MASTER = "SPARK_MASTER"
"""The variable that names a cluster; without it Spark runs on this machine's cores."""


@contextmanager
def spark_session(name: str) -> Iterator[Any]:
    """Lend a session; :class:`BadInput` names what is not installed."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise BadInput(
            "--engine spark",
            "pyspark is not installed",
            "Install it: pip install 'uncounted[spark]'; it needs Java 17.",
        ) from None
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (home and os.access(os.path.join(home, "bin", "java"), os.X_OK)):
        raise BadInput(
            "--engine spark",
            "Spark runs on Java, and none was found",
            "Install Java 17 or 21 (Debian: apt-get install openjdk-17-jre-headless), or set JAVA_HOME.",
        )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: Any = SparkSession.builder
    session = (
        builder.appName(name)
        .master(os.environ.get(MASTER, "local[*]"))
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", os.environ.get("SPARK_LOCAL_IP", "127.0.0.1"))
        .config("spark.driver.bindAddress", os.environ.get("SPARK_LOCAL_IP", "127.0.0.1"))
        .config("spark.sql.shuffle.partitions", "8")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()
