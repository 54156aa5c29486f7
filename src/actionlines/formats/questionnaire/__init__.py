"""Questionnaires as workbooks: written with lists to choose from and formulas nobody can break, read back filled in."""

from actionlines.formats.questionnaire.reading import is_questionnaire, read_questionnaire
from actionlines.formats.questionnaire.writing import write_questionnaire

__all__ = ["is_questionnaire", "read_questionnaire", "write_questionnaire"]
