"""Known weaknesses of the locked packages: audit.py LOCK. Ends with 1 where there are any.

Where the database of weaknesses cannot be reached, or knows none of the packages, it says so and ends with 0: an audit
that did not take place must not look like one.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

# Weaknesses looked at and found not to concern this project: identifier → why. Empty is best.
ACCEPTED: dict[str, str] = {}


def main() -> int:
    """Audit one lock."""
    lock = Path(sys.argv[1])
    words = [sys.executable, "-m", "pip_audit", "-r", str(lock), "--disable-pip", "--no-deps"]
    options = ["-f", "json", "--progress-spinner", "off", "--timeout", "20"]
    try:
        done = subprocess.run([*words, *options], capture_output=True, text=True, check=False, timeout=600)
    except subprocess.TimeoutExpired:
        return skipped("the database of weaknesses did not answer in ten minutes")
    try:
        found = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return skipped(f"pip-audit says: {(done.stderr.strip() or 'nothing').splitlines()[-1]}")
    return told(lock, found)


def told(lock: Path, found: list[dict[str, Any]]) -> int:
    """Say what was found."""
    looked_at = [one for one in found if "skip_reason" not in one]
    if not looked_at:
        return skipped("the database of weaknesses knows none of the packages here")
    weak = [
        (one["name"], one["version"], fault["id"], ", ".join(fault["fix_versions"]) or "none yet")
        for one in looked_at
        for fault in one["vulns"]
        if fault["id"] not in ACCEPTED
    ]
    for name, version, fault, fixed in weak:
        print(f"{name} {version}: {fault}, mended in {fixed}")
    print(f"{lock.name}: {len(looked_at)} of {len(found)} packages audited, {len(weak)} weaknesses")
    return 1 if weak else 0


def skipped(reason: str) -> int:
    """Say that there was no audit."""
    print(f"SKIPPED: the audit of the packages ({reason}).", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
