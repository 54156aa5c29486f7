"""The parts of `python scripts/train_aligner.py`."""
