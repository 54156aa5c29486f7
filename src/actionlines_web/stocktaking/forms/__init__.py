"""Forms of the register."""

from actionlines_web.stocktaking.forms.imports import ImportForm
from actionlines_web.stocktaking.forms.submissions import SubmissionForm

__all__ = ["ImportForm", "SubmissionForm"]
