"""The aligner to try: a text or a file in, its links out, nothing kept."""
