"""Who may do what with entries."""

import rules

from actionlines_web.accounts.rules import is_coordinator

# Published entries are open to everybody; bringing in a file of entries is a coordinator's work.
rules.add_perm("stocktaking.import_entries", is_coordinator)
