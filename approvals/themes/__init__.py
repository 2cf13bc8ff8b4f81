"""What an activity is about, and how near two activities are. Plain values in and out.

`features` reads a title and its content into themes of the lexicon (fixtures/themes.json), character pairs of
the title, and a sketch of the content; `likeness` compares two of these.
"""

from .features import Features, features
from .lexicon import Theme, lexicon
from .likeness import Likeness, likeness
from .taught import taught_in

__all__ = ["Features", "Likeness", "Theme", "features", "lexicon", "likeness", "taught_in"]
