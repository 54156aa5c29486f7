"""Who tells stories."""

import rules

from actionlines_web.accounts.rules import is_coordinator

rules.add_perm("stories.tell_stories", is_coordinator)
