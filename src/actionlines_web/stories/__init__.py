"""Success stories: entries promoted with a picture and a summary."""
