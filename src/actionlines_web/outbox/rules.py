"""Who may see and steer outgoing mail, and word it."""

import rules

from actionlines_web.accounts.rules import is_coordinator

rules.add_perm("outbox.manage_messages", is_coordinator)
rules.add_perm("outbox.change_wording", is_coordinator)
