"""The sections reports are made of: each module has one function of a draft that returns a section."""
