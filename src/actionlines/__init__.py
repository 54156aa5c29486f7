"""actionlines: the follow-up of the World Summit on the Information Society and the 2030 Agenda, as a library.

The packages, from the bottom up: `text` and `problems`; `frameworks` and `documents`; `alignment`,
`measurement`, `stocktaking`, `results`, `prizes` and `programme`; `formats` and `reports`; `cli`.
Nothing here imports Django.
"""

__version__ = "0.1.0"
