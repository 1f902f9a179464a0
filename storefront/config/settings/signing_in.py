"""One login for buyers, editors, sellers and staff: django-allauth with a second factor."""

from storefront.config.environment import read_environment

_ENVIRONMENT = read_environment()

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Names, not addresses: each language has its own.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
# Its letters are ours.
ACCOUNT_ADAPTER = "storefront.accounts.adapter.ShopsLetters"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Zila"
# A code that changes while it is typed, or a phone whose clock is off by half a minute.
# Source: RFC 6238, 5.2 recommends one step for the delay of the network.
MFA_TOTP_TOLERANCE = 1
# Who can move money or stock needs a second factor, except on one's own machine.
SECOND_FACTOR_REQUIRED = not _ENVIRONMENT.is_local

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
