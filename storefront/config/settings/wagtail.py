"""Wagtail's settings: two languages side by side, one image library, one login."""

from django.utils.translation import gettext_lazy as _

from storefront.config.environment import read_environment

WAGTAIL_SITE_NAME = "Zila"
WAGTAILADMIN_BASE_URL = read_environment().shop_url
# No picture of an editor is asked for elsewhere.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [("en", _("English")), ("hi", _("Hindi"))]
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
# Documents are consent papers, and lie outside MEDIA_ROOT.
WAGTAILDOCS_DOCUMENT_MODEL = "consent.Paper"
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILREDIRECTS_AUTO_CREATE = True
# Looks like WebP at 80, in two thirds of its bytes.
WAGTAILIMAGES_AVIF_QUALITY = 50
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
# A save costs some 95 queries: half a second between two of them is too eager.
WAGTAIL_AUTOSAVE_INTERVAL = 3000
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "english"}
}
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
# Else every page of /cms/ tells another site who is at work.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
