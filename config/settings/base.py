"""What is the same everywhere; everything that differs comes from the environment."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.env import ROOT, broker_url, database, database_role, env
from config.logging import LOGGING  # noqa: F401 (a setting)
from tenancy.links import STAFF_BASE_URL
from theme.embeds import ORIGINS

# --- who we are -----------------------------------------------------------------------------

DEMO = False
PLATFORM_DOMAIN = env.str("PLATFORM_DOMAIN", default="localhost")
PUBLIC_SCHEME = env.str("PUBLIC_SCHEME", default="https")
PUBLIC_PORT = env.int("PUBLIC_PORT", default=443)
VAR_DIR = Path(env.str("VAR_DIR", default=str(ROOT / "var")))

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "tenancy.User"

# Hosts are checked by tenancy.middleware, against the domains that tenants own.
ALLOWED_HOSTS = ["*"]

# What each kind of host answers (tenancy.enums.HostKind): all but `refused`, only `allowed`.
HOST_PATHS: dict[str, dict[str, list[str]]] = {
    "guest": {"refused": ["/admin/", "/avisos/", "/portaria/"]},
    "staff": {
        "allowed": [
            "/_health",
            "/_style/",
            "/admin/",
            "/api/",
            "/avisos/",
            "/documents/",
            "/media/",
            "/portaria/",
            "/robots.txt",
            "/static/",
        ],
    },
    "api": {"allowed": ["/api/"]},
}

# `X-Forwarded-*` is believed only where a proxy of ours overwrites it.
TRUST_PROXY_HEADERS = env.bool("TRUST_PROXY_HEADERS", default=False)
USE_X_FORWARDED_HOST = TRUST_PROXY_HEADERS
USE_X_FORWARDED_PORT = TRUST_PROXY_HEADERS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY_HEADERS else None

INSTALLED_APPS = [
    "sites.apps.SitesConfig",
    "promotions.apps.PromotionsConfig",
    "reviews.apps.ReviewsConfig",
    "ugc.apps.UgcConfig",
    "suites.apps.SuitesConfig",
    "theme.apps.ThemeConfig",
    "privacy.apps.PrivacyConfig",
    "tenancy.apps.TenancyConfig",
    "wagtail_localize",
    "wagtail_modeladmin",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "django_filters",
    "django_tasks",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "tenancy.middleware.TenantMiddleware",
    "config.middleware.GuestCompressionMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.statics.StaticFilesMiddleware",
    "config.middleware.AudienceHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.AddressLanguageMiddleware",
    "config.middleware.ApiMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tenancy.signin.SignInThrottleMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.RefusedDeletionMiddleware",
    "config.middleware.GuestRedirectMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- data -----------------------------------------------------------------------------------

DATABASE_ROLE = database_role()
DATABASES = {"default": database(DATABASE_ROLE)}

REDIS_URL = env.str("REDIS_URL")
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "tenancy.cache.SharedRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_FUNCTION": "tenancy.cache.tenant_key",
    },
    # For what lives outside any tenant, such as the map of hosts.
    "platform": {
        "BACKEND": "tenancy.cache.SharedRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "platform",
    },
}

# --- pages that are kept (tenancy.store) ------------------------------------------------------

# Behind a pooler of transactions nothing can be listened for: processes then only ask.
CONTENT_LISTENS = env.bool("CONTENT_LISTENS", default=True)
PAGE_STORE_MEMORY = env.int("PAGE_STORE_MEMORY", default=12 * 1024 * 1024)
# Where pages are files as well, for nginx or Caddy; none where it is not set.
PAGE_STORE_DIR = env.str("PAGE_STORE_DIR", default="")
# How long a CDN, which is told of changes, may keep a page; 0 where there is none.
CDN_SECONDS = env.int("CDN_SECONDS", default=0)
CDN_STALE = "stale-while-revalidate=60, stale-if-error=86400"
if CDN_SECONDS and PAGE_STORE_DIR:
    # a file cannot say which of its pages a CDN is to forget
    raise ImproperlyConfigured("CDN_SECONDS and PAGE_STORE_DIR exclude each other.")
CLOUDFLARE_API_URL = "https://api.cloudflare.com/client/v4"
CLOUDFLARE_ZONE_ID = env.str("CLOUDFLARE_ZONE_ID", default="")
CLOUDFLARE_API_TOKEN = env.str("CLOUDFLARE_API_TOKEN", default="")
CLOUDFLARE_PLAN = env.str(
    "CLOUDFLARE_PLAN", default="free", choices=("free", "pro", "business", "enterprise")
)

SESSION_ENGINE = "tenancy.sessions"
SESSION_COOKIE_NAME = "alcova_session"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "alcova_csrf"
CSRF_COOKIE_HTTPONLY = True

CELERY_BROKER_URL = broker_url(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_ROUTES = {
    "promotions.tasks.ops.*": {"queue": "ops"},
    "reviews.tasks.ops.*": {"queue": "ops"},
    "reviews.tasks.tenant.*": {"queue": "reviews"},
    "tenancy.tasks.ops.*": {"queue": "ops"},
    "tenancy.tasks.pages.*": {"queue": "pages"},
    "ugc.tasks.ops.*": {"queue": "ops"},
}
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600}
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "expire-holds": {"task": "promotions.tasks.ops.expire_due", "schedule": 30.0},
    "publish-scheduled": {"task": "tenancy.tasks.ops.publish_due", "schedule": 60.0},
    "read-reviews": {
        "task": "reviews.tasks.ops.read_due",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "expire-reviews": {"task": "reviews.tasks.ops.expire_due", "schedule": 600.0},
    "resume-admissions": {"task": "tenancy.tasks.ops.resume_admissions", "schedule": 300.0},
    "resume-guests": {"task": "ugc.tasks.ops.resume", "schedule": 60.0},
}

if CLOUDFLARE_ZONE_ID:
    # a look that nobody has taken in time is of no use after the next
    CELERY_BEAT_SCHEDULE["purge-cdn"] = {
        "task": "tenancy.tasks.ops.purge_cdn",
        "schedule": 3.0,
        "options": {"expires": 3},
    }

# --- signing in -----------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["tenancy.auth.MemberBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "tenancy.auth.NotTheDemoPassword"},
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

# --- keys of the CPF vault (privacy) ----------------------------------------------------------

# Of each kind, the first key makes new ones and all are good for old ones.
KMS_KEY_ID = env.list("KMS_KEY_ID", default=[])
KMS_ENDPOINT_URL = env.str("KMS_ENDPOINT_URL", default="")
KMS_REGION = env.str("KMS_REGION", default="")
KMS_ACCESS_KEY_ID = env.str("KMS_ACCESS_KEY_ID", default="")
KMS_SECRET_ACCESS_KEY = env.str("KMS_SECRET_ACCESS_KEY", default="")
VAULT_KEY = env.str("VAULT_KEY", default="")
VAULT_KEY_FILE = env.str("VAULT_KEY_FILE", default="")
# Made where nothing of the above is set; on a server, somebody has to decide.
VAULT_OWN_KEY_FILE: Path | None = None

# --- Google Business Profile (reviews) --------------------------------------------------------

GOOGLE_CLIENT_ID = env.str("GOOGLE_CLIENT_ID", default="")
GOOGLE_CLIENT_SECRET = env.str("GOOGLE_CLIENT_SECRET", default="")
# Where all of Google's hosts are to be found below, as paths; "" is Google itself.
GOOGLE_BASE_URL = env.str("GOOGLE_BASE_URL", default="")
# Requests a minute that Google grants the project, of each host; we use four fifths.
GOOGLE_QUOTA = env.int("GOOGLE_QUOTA", default=300)
# Who may push notifications, and for whom: as the subscription of Pub/Sub says.
GOOGLE_PUSH_AUDIENCE = env.str("GOOGLE_PUSH_AUDIENCE", default="")
GOOGLE_PUSH_ACCOUNT = env.str("GOOGLE_PUSH_ACCOUNT", default="")
# Days for which a review's text and name are kept after Google last had it.
REVIEW_DAYS = env.int("REVIEW_DAYS", default=30)

# --- language and time ----------------------------------------------------------------------

LANGUAGE_CODE = "pt-br"
LANGUAGES = [("pt-br", "Português"), ("en", "English"), ("es", "Español")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "America/Sao_Paulo"
USE_I18N = True
USE_TZ = True

# --- files ----------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Where public files are found; and for how long the address of any other file is good.
MEDIA_PUBLIC_URL = MEDIA_URL
MEDIA_SIGNED_SECONDS = env.int("MEDIA_SIGNED_SECONDS", default=3600)
# The most that a browser may send to the bucket at once (theme.large_files).
MEDIA_LARGE_BYTES = env.int("MEDIA_LARGE_BYTES", default=500 * 1024 * 1024)
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "tenancy.storage.TenantFileSystemStorage"},
    # What anybody may see (tenancy.storage.PUBLIC): in the same place, unless there is a bucket.
    "public": {"BACKEND": "tenancy.storage.TenantFileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- mail -----------------------------------------------------------------------------------

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="filemail:")
vars().update(EMAIL_CONFIG)
if EMAIL_CONFIG["EMAIL_BACKEND"].endswith("filebased.EmailBackend"):
    EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"nao-responda@{PLATFORM_DOMAIN}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 15

# --- Wagtail --------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Alcova"
# One value for all tenants would put one tenant's host into another's mail: it is looked up.
WAGTAILADMIN_BASE_URL = STAFF_BASE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILIMAGES_IMAGE_MODEL = "theme.SiteImage"
WAGTAILIMAGES_RENDITION_STORAGE = "public"
WAGTAILDOCS_DOCUMENT_MODEL = "theme.SiteDocument"
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "docx", "xlsx", "odt", "txt", "mp4", "webm", "vtt"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # nothing that was uploaded opens in the site
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_AVIF_QUALITY = 32
WAGTAILIMAGES_WEBP_QUALITY = 72
WAGTAILIMAGES_IMAGE_FORM_BASE = "theme.upload_forms.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILADMIN_USER_LOGIN_FORM = "tenancy.forms.LoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "tenancy.forms.PasswordResetForm"
# A file of redirects waits where keys carry the tenant, not in a folder for all.
WAGTAIL_REDIRECTS_FILE_STORAGE = "cache"
# Nobody who serves may write a person's address (tenancy.people): no screen offers it.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_USER_TIME_ZONES = [
    "America/Noronha",
    "America/Araguaina",
    "America/Bahia",
    "America/Belem",
    "America/Fortaleza",
    "America/Maceio",
    "America/Recife",
    "America/Santarem",
    "America/Sao_Paulo",
    "America/Boa_Vista",
    "America/Campo_Grande",
    "America/Cuiaba",
    "America/Manaus",
    "America/Porto_Velho",
    "America/Eirunepe",
    "America/Rio_Branco",
    "America/Argentina/Buenos_Aires",
    "America/Asuncion",
    "America/Montevideo",
    "America/New_York",
    "Europe/Lisbon",
    "UTC",
]
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILAPI_DOCS_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILSEARCH_HITS_MAX_AGE = 7
WAGTAILEMBEDS_FINDERS = [{"class": "wagtail.embeds.finders.oembed"}]
TAGGIT_CASE_INSENSITIVE = True

# --- security -------------------------------------------------------------------------------

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS: list[str] = []

GUEST_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; "
    f"frame-src {' '.join(ORIGINS)}; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
# What was uploaded runs nothing and asks nobody, even opened by itself.
FILE_CSP = "default-src 'none'; sandbox; frame-ancestors 'none'"
# The admin draws inline styles, and its previews are frames of the property's own host.
STAFF_CSP = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; "
    f"frame-src 'self' {' '.join(ORIGINS)}; "
    "form-action 'self'; base-uri 'self'; frame-ancestors 'self'"
)
