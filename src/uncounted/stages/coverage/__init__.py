"""Coverage: who reported what, beside its toll; what rests on how little; whose word is doubted.

Measures follow the field's questions: articles and outlets per event and what they leave out (Price and Ball, "Big
Data, Selection Bias, and the Statistical Patterns of Mortality in Conflict", 2014, and "Selection bias and the
statistical patterns of mortality in conflict", 2015), media attention as a function of an event's size and place
(Weidmann, "On the accuracy of media-based conflict event data", 2015, and "A closer look at reporting bias in conflict
event data", 2016; Dietrich and Eck, "Known unknowns: media bias in the reporting of political violence", 2020), and
attribution by who speaks (FAME, arXiv 2506.12925).
They describe the reports at hand: nothing here says what nobody reported.
"""

from uncounted.stages.coverage.compare import Difference, compare
from uncounted.stages.coverage.observe import Observed, observe
from uncounted.stages.coverage.report import covered

__all__ = ["Difference", "Observed", "compare", "covered", "observe"]
