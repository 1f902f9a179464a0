"""The pieces a story is built from."""

from cms.blocks.story import StoryBlocks

__all__ = ["StoryBlocks"]
