"""The report as one HTML page that needs nothing from elsewhere: no script, no font, no request."""

from uncounted.estimate import engines
from uncounted.estimate.report import plots
from uncounted.estimate.report.content import ASSUMES, Content
from uncounted.estimate.report.template import TEMPLATE


def page(content: Content) -> str:
    """Write the page."""
    import jinja2

    pictures = {name: plots.svg(figure) for name, figure in plots.all_of(content).items()}
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    environment.filters["people"] = lambda number: f"{number:,.0f}"
    return environment.from_string(TEMPLATE).render(
        content=content, pictures=pictures, assumes=ASSUMES, recommended=engines.RECOMMENDED
    )
