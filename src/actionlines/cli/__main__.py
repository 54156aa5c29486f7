"""`python -m actionlines.cli` does what `actionlines` does."""

import sys

from actionlines.cli import main

sys.exit(main())
