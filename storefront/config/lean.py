"""Templates without the space that only their authors need: an eightieth of a page that travels."""

import re

from django.template import Origin
from django.template.loaders import filesystem

# Words to translate are looked up as they stand in the file, and here space is seen.
_AS_IT_STANDS = re.compile(
    r"(\{% blocktranslate.*?\{% endblocktranslate %\}|<pre\b.*?</pre>|<textarea\b.*?</textarea>)",
    re.DOTALL,
)
_INDENT = re.compile(r"\n\s+")
# Lines of tags and comments that put nothing into the page themselves, so need no line there.
_SILENT = re.compile(
    r"^(?:\{% (?:block|elif|else|empty|end[a-z]+|extends|for|if|load|with)\b(?:(?!%\})[^\n])*%\}"
    r"|\{#(?:(?!#\})[^\n])*#\})\n",
    re.MULTILINE,
)


class Loader(filesystem.Loader):
    """Django's loader of the themes' files. Lines in its messages are those of the shorter text."""

    def get_contents(self, origin: Origin) -> str:
        """Return a template; of a page without indents and lines that would be empty."""
        text: str = super().get_contents(origin)
        return lean(text) if origin.name.endswith(".html") else text


def lean(text: str) -> str:
    """Return the text of a template whose page is the same to all who look at it."""
    parts = _AS_IT_STANDS.split(text)
    # Every second part is what was split at.
    return "".join(part if number % 2 else _shorter(part) for number, part in enumerate(parts))


def _shorter(part: str) -> str:
    return _SILENT.sub(lambda line: line[0][:-1], _INDENT.sub("\n", part))
