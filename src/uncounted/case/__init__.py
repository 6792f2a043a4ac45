"""Layer 3: a case. Opens it, folds its facts and lends every stage what it needs.

``Case`` is the thin holder of ledger, objects and views; what is done with it stands in one file a deed:
``intake`` (preserve reports), ``reading`` (read and locate them), ``reviewing`` (people's judgements), ``linking``
(incidents), ``telling`` (toll, reasons, dossier), ``sealing`` (protected fields).
"""

from uncounted.case.case import Case

__all__ = ["Case"]
