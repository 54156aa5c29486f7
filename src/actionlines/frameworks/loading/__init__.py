"""From data files to frameworks, crosswalks and roles, with every fault noted.

A folder of data holds

    <framework>/<version>/framework.toml and nodes.csv
    crosswalks/<crosswalk>/<version>/crosswalk.toml and links.csv
    roles/roles.csv and organisations.csv

Folder names are codes and versions. The newest version is the last one, numbers compared as numbers.
"""

from actionlines.frameworks.loading.crosswalks import load_crosswalks
from actionlines.frameworks.loading.frameworks import load_frameworks
from actionlines.frameworks.loading.place import newest_last
from actionlines.frameworks.loading.roles import load_organisations, load_roles

__all__ = ["load_crosswalks", "load_frameworks", "load_organisations", "load_roles", "newest_last"]
