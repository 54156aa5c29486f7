"""What measurement reads from files: specifications, data, workbooks of other tools."""
