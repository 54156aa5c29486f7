"""Who may read the audit trail."""

import rules

from actionlines_web.accounts.rules import is_coordinator

rules.add_perm("audit.read_records", is_coordinator)
