"""Publish: a frozen release with its site, data and methods."""

from uncounted.stages.publish.checking import verify
from uncounted.stages.publish.release import Manifest, publish

__all__ = ["Manifest", "publish", "verify"]
