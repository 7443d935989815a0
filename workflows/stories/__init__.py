"""Stories of a bundle, played through the real operations and jobs on a real database; they decide nothing."""

from workflows.stories.demo import load_demo, prepare
from workflows.stories.player import Player, StoryFailed
from workflows.stories.story import Story, read_story

__all__ = ["Player", "Story", "StoryFailed", "load_demo", "prepare", "read_story"]
