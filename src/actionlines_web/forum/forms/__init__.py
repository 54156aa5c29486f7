"""The forms of the Forum."""

from collections.abc import Iterable
from typing import Any

from django import forms

from actionlines_web.ui.problems import sentence


def show_problems(form: forms.BaseForm, problems: Iterable[Any]) -> None:
    """The problems of an action beside the fields they are about."""
    for problem in problems:
        form.add_error(problem.column if problem.column in form.fields else None, sentence(problem))
