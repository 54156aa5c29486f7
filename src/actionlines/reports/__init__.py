"""Reports: models whose figures can be traced, and their renderers."""
