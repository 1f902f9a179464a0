"""What a test must bear that opens Oscar's own lists."""

import pytest

# Oscar counts an offer's vouchers, and so loses the order of the list that it pages: its fault.
opens_oscars_lists = pytest.mark.filterwarnings(
    "ignore::django.core.paginator.UnorderedObjectListWarning"
)
