"""Capture: preserve the bytes of reports and take their text, from files, folders, exports and addresses."""

from uncounted.stages.capture.found import found, same_text
from uncounted.stages.capture.taken import Fault, Options, Secret, Taken

__all__ = ["Fault", "Options", "Secret", "Taken", "found", "same_text"]
