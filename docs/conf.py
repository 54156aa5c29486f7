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
