"""Privacy: taking along what the site holds about oneself, and having one's account erased."""
