"""Properties are tried on many values; how long one of them takes on a busy machine is no finding."""

from hypothesis import settings

settings.register_profile("house", deadline=None, max_examples=60)
settings.load_profile("house")
