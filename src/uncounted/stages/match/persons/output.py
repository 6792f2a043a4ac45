"""What matching writes: links and clusters as CSV."""

import csv
from collections.abc import Iterable
from pathlib import Path

LINK_COLUMNS = ("left_list", "left_id", "right_list", "right_id", "probability")
CLUSTER_COLUMNS = ("cluster", "list", "id")


def write_links(path: Path, links: Iterable[tuple[str, str, str, str, float]]) -> int:
    """Write links and return how many; probabilities have four decimals."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(LINK_COLUMNS)
        for *ends, probability in links:
            writer.writerow([*ends, f"{probability:.4f}"])
            count += 1
    return count


def write_clusters(path: Path, clusters: Iterable[Iterable[tuple[str, str]]]) -> int:
    """Write one row an entry, numbered by cluster, and return how many clusters."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(CLUSTER_COLUMNS)
        for count, members in enumerate(clusters, 1):
            writer.writerows([count, list_name, entry] for list_name, entry in members)
    return count
