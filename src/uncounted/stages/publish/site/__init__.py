"""The public site of a release: static pages, each made from named values alone, in every language of the release."""

from collections.abc import Iterator

from uncounted.model.release import Dossier
from uncounted.stages.publish.site.index import Site
from uncounted.stages.publish.site.press import Leaf, Press, Shared
from uncounted.stages.publish.words import LANGUAGES

__all__ = ["Leaf", "Press", "Shared", "Site", "leaves", "press_of"]


def press_of(dossier: Dossier, languages: tuple[str, ...] = LANGUAGES, address: str | None = None) -> Press:
    """The press that makes a dossier's pages; ``address`` is where they will be published, if that is known."""
    return Press(
        Shared(
            title=dossier.title,
            invented=dossier.invented,
            policy=dossier.policy,
            languages=languages,
            address=address.rstrip("/") + "/" if address else None,
        )
    )


def leaves(site: Site, press: Press) -> Iterator[Leaf]:
    """Every page of the site, in the order a reader walks them."""
    from uncounted.stages.publish.site import about, explore, pages

    yield from pages.toll_page(site, press)
    yield from explore.explore_page(site, press)
    yield from pages.method_pages(site, press)
    yield from about.about_pages(site, press)
    yield from pages.cell_pages(site, press)
    yield from pages.incident_pages(site, press)
    yield from pages.claim_pages(site, press)
    yield from pages.report_pages(site, press)
