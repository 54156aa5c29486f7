"""The design system: base templates, styles, pictures, template tags."""
