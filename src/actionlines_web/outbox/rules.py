"""Who may see and steer outgoing mail."""

import rules

from actionlines_web.accounts.rules import is_coordinator

rules.add_perm("outbox.manage_messages", is_coordinator)
