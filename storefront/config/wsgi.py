"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.config.settings")
application = get_wsgi_application()
# All that is loaded by now stays: rubbish need not be looked for in it, again and again.
gc.collect()
gc.freeze()
# A page makes thousands of things that are gone once it is sent, and few that hold on to each
# other. To look for these after every seven hundred new ones took a twentieth of a purchase.
gc.set_threshold(20_000, 10, 10)
