"""Pages of the API: its documentation, and the tokens of a person."""

from actionlines_web.api.pages.documentation import documentation, nothing
from actionlines_web.api.pages.tokens import revoke, tokens

__all__ = ["documentation", "nothing", "revoke", "tokens"]
