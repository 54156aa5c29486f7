"""Settings of the documentation (Sphinx, MyST, Furo)."""

import actionlines

project = "actionlines"
author = "The actionlines contributors"
release = version = actionlines.__version__
copyright = "the actionlines contributors, Apache-2.0"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
autodoc_typehints = "description"
autodoc_member_order = "bysource"
napoleon_numpy_docstring = False
nitpicky = False

html_theme = "furo"
html_title = "actionlines"


def escape_formulas(app, what, name, thing, options, lines):
    """Docstrings are prose: a | or * outside of backticks is a sign of mathematics, not markup."""
    for place, line in enumerate(lines):
        parts = line.split("`")
        parts[::2] = [part.replace("*", r"\*").replace("|", r"\|") for part in parts[::2]]
        lines[place] = "`".join(parts)


def setup(app):
    """Before napoleon, which writes markup of its own."""
    app.connect("autodoc-process-docstring", escape_formulas, priority=100)
