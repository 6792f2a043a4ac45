"""The demonstration's reports: thirty invented ones on an invented week, as data of the package."""

from pathlib import Path

DESCRIBED: dict[str, dict[str, str]] = {
    "05_saint_orlas_list.docx": {"publisher": "Saint Orla's Hospital", "published": "2025-03-05"},
    "13_hospital_of_the_lamps.pdf": {"publisher": "Hospital of the Lamps", "published": "2025-03-07"},
    "17_lantern_committee.mbox": {"publisher": "Lantern Committee for Detainees"},
}
"""What a person states about files that do not say it of themselves, by the file's name."""

CONSENTED = {"19_protected_source_seydisfjordur.txt": "agreed to these words under the pseudonym (invented)"}
"""Protected sources who allow their words to be published, and what was agreed, by the file's name."""


def reports_folder() -> Path:
    """The folder that holds the invented reports and nothing else."""
    return Path(__file__).resolve().parent / "reports"
