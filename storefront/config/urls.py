"""Every address of the shop."""

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.contact_sheet import contact_sheet
from cms.draft_links import draft
from cms.feeds import llms
from cms.urls import pages
from storefront.basket import views as basket
from storefront.buyer import views as buyer
from storefront.catalogue import views as catalogue
from storefront.checkout import views as checkout
from storefront.config import health, installable, letters, sitemaps
from storefront.config.api import api
from storefront.config.files import icon, media, robots
from storefront.config.styleguide import styleguide
from storefront.desk import urls as desk_urls
from storefront.feedback import views as feedback
from storefront.fulfilment import views as fulfilment
from storefront.payment import views as payment
from storefront.payouts import views as payouts
from storefront.search import views as search
from storefront.wishes import views as wishes

handler400 = "storefront.config.errors.bad_request"
handler404 = "storefront.config.errors.not_found"
handler403 = "storefront.config.errors.forbidden"

# The one login: every library's own door leads there, in the reader's language.
_login = RedirectView.as_view(pattern_name=settings.LOGIN_URL, query_string=True)

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", robots),
    path("llms.txt", llms, name="llms"),
    path("drafts/<slug:key>/", draft, name="draft"),
    path("favicon.ico", icon),
    path("worker.js", installable.worker, name="worker"),
    path("api/v1/", RedirectView.as_view(pattern_name="shop_api:openapi-view")),
    path("api/v1/", api.urls),
    path("webhooks/<slug:provider>/", payment.webhook, name="webhook"),
    path("seller/", include(desk_urls)),
    path("cms/login/", _login),
    re_path("^cms/password_reset/", _login),
    path("cms/", include(wagtailadmin_urls)),
    path("dashboard/login/", _login),
    path("dashboard/ways-to-pay/", fulfilment.ways_page, name="ways-to-pay"),
    path("dashboard/questions/", feedback.questions_page, name="staff-questions"),
    path("dashboard/payouts/", payouts.batches_page, name="payouts"),
    path("dashboard/payouts/<int:batch_id>/", payouts.batch_page, name="payout-batch"),
    path(
        "dashboard/payouts/<int:batch_id>/<int:payout_id>/",
        payouts.statement_page,
        name="payout-statement",
    ),
    path("dashboard/money/", payment.money_page, name="money"),
    path("dashboard/orders/<slug:number>/take-back/", payment.take_back, name="staff-take-back"),
    path("dashboard/", apps.get_app_config("dashboard").urls),
    # Wagtail takes any number of digits, and its database does not.
    re_path(r"^documents/(?=[0-9]{1,18}/)", include(wagtaildocs_urls)),
    path("language/", set_language, name="set_language"),
    path("", RedirectView.as_view(pattern_name="home"), name="root"),
    path("media/<path:path>", media, name="media"),
]

urlpatterns += i18n_patterns(
    path("manifest.webmanifest", installable.manifest, name="manifest"),
    path("offline/", installable.offline, name="offline"),
    path("shop/", catalogue.shop, name="shop"),
    path("shop/<slug:slug>-<int:product_id>/", catalogue.product, name="product"),
    path("shop/<slug:slug>-<int:product_id>/delivery/", checkout.delivery, name="product-delivery"),
    path("shop/<slug:slug>-<int:product_id>/reviews/", feedback.reviews, name="reviews"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("basket/", basket.basket_page, name="basket"),
    path("basket/add/", basket.add_to_basket, name="basket-add"),
    path("basket/lines/<int:line_id>/", basket.change_line, name="basket-line"),
    path("basket/vouchers/", basket.add_voucher, name="basket-vouchers"),
    path("basket/vouchers/<str:code>/", basket.remove_voucher, name="basket-voucher"),
    path("me/", basket.me, name="me"),
    path("styleguide/", styleguide, name="styleguide"),
    path("styleguide/pictures/", contact_sheet, name="pictures"),
    path("styleguide/letters/", letters.sheet, name="all-letters"),
    path("styleguide/letters/<slug:name>/<slug:language>/", letters.page, name="letter"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("orders/<slug:token>/", checkout.order_page, name="order"),
    path("orders/<slug:token>/paid/", checkout.paid, name="order-paid"),
    path("orders/<slug:token>/pay/", checkout.pay, name="order-pay"),
    path("orders/<slug:token>/door/", checkout.pay_at_door, name="order-door"),
    path("orders/<slug:token>/code/", checkout.type_code, name="order-code"),
    path("orders/<slug:token>/code/new/", checkout.new_code, name="order-new-code"),
    path("orders/<slug:token>/cancel/", checkout.cancel, name="order-cancel"),
    path(
        "orders/<slug:token>/parts/<slug:number>/arrived/", checkout.arrived, name="order-arrived"
    ),
    path("account/", buyer.account, name="account"),
    path("account/orders/", buyer.orders, name="my-orders"),
    path("account/orders/<slug:number>/again/", buyer.order_again, name="order-again"),
    path("account/addresses/", buyer.addresses, name="addresses"),
    path("account/addresses/new/", buyer.address_form, name="address-new"),
    path("account/addresses/<int:address_id>/", buyer.address_form, name="address"),
    path("account/addresses/<int:address_id>/usual/", buyer.make_usual, name="address-usual"),
    path("account/addresses/<int:address_id>/delete/", buyer.delete_address, name="address-delete"),
    path("account/letters/", buyer.letters, name="letters"),
    path("account/data/", buyer.data, name="my-data"),
    path("account/data/delete/", buyer.erase, name="erase"),
    path("account/wishes/", wishes.wishes, name="wishes"),
    path("account/wishes/add/<int:product_id>/", wishes.add, name="wish-add"),
    path("account/wishes/<int:wish_id>/remove/", wishes.remove, name="wish-remove"),
    path("account/wishes/<int:wish_id>/basket/", wishes.to_basket, name="wish-basket"),
    path("account/alerts/", wishes.alerts, name="alerts"),
    path("account/alerts/new/<int:product_id>/", wishes.ask, name="alert-ask"),
    path("account/alerts/<slug:token>/", wishes.alert, name="alert"),
    path("account/reviews/", feedback.my_reviews, name="my-reviews"),
    path("account/reviews/<int:product_id>/", feedback.write, name="review-write"),
    path("account/questions/", feedback.my_questions, name="my-questions"),
    path("account/questions/new/<int:product_id>/", feedback.ask, name="question-ask"),
    path("account/", include("allauth.urls")),
    *pages,
    path("_util/login/", _login),
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)
