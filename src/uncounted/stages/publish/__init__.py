"""Publish: a frozen release with its site, data and methods."""

from uncounted.stages.publish.checking import verify
from uncounted.stages.publish.release import Manifest, publish
from uncounted.stages.publish.words import LANGUAGES

__all__ = ["LANGUAGES", "Manifest", "publish", "verify"]
