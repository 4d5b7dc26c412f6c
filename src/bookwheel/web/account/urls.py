"""Addresses of accounts: VuFind's for the doors, allauth's names for what it looks up, no more of it than is used."""

from allauth.account import views as accounts
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from allauth.usersessions import views as sessions
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from bookwheel.web.account import own_data, provider_views, views
from bookwheel.web.account.confirming import ConfirmAddress
from bookwheel.web.account.providers import offers_saml
from bookwheel.web.account.reading import read
from bookwheel.web.people.permissions import signed_in

_OF_PROVIDERS: list[URLPattern | URLResolver] = [
    path("account/oidc/<str:provider_id>/login/", provider_views.there, name="openid_connect_login"),
    path("account/oidc/<str:provider_id>/login/callback/", provider_views.back, name="openid_connect_callback"),
    path("account/linked/", read(social.connections), name="socialaccount_connections"),
    path("account/linked/cancelled/", read(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("account/linked/error/", read(social.login_error), name="socialaccount_login_error"),
    path("account/linked/signup/", read(social.signup), name="socialaccount_signup"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("MyResearch/Home", views.overview, name="overview"),
    path("MyResearch/Login", read(accounts.login), name="account_login"),
    path("MyResearch/UserLogin", views.moved, {"to": "/MyResearch/Login"}),
    path("MyResearch/Logout", read(accounts.logout), name="account_logout"),
    path("MyResearch/Account", read(accounts.signup), name="account_signup"),
    path("MyResearch/Register", views.moved, {"to": "/MyResearch/Account"}),
    path("MyResearch/Profile", views.profile, name="profile"),
    path("MyResearch/TakeOut", own_data.take_out, name="take_out"),
    path("MyResearch/PutBack", own_data.put_back, name="put_back"),
    path("MyResearch/DeleteAccount", own_data.delete, name="delete_account"),
    path("MyResearch/ChangePassword", read(accounts.password_change), name="account_change_password"),
    path("MyResearch/NewPassword", views.moved, {"to": "/MyResearch/ChangePassword"}),
    path("MyResearch/Recover", read(accounts.password_reset), name="account_reset_password"),
    path("account/deleted/", own_data.deleted, name="deleted"),
    path("account/inactive/", read(accounts.account_inactive), name="account_inactive"),
    path("account/reauthenticate/", read(accounts.reauthenticate), name="account_reauthenticate"),
    path(
        "account/reauthenticate/code/",
        read(accounts.request_reauthentication_code),
        name="account_request_reauthentication_code",
    ),
    path(
        "account/reauthenticate/code/confirm/",
        read(accounts.confirm_reauthentication_code),
        name="account_confirm_reauthentication_code",
    ),
    path("account/email/", read(accounts.email), name="account_email"),
    path("account/email/sent/", read(accounts.email_verification_sent), name="account_email_verification_sent"),
    re_path(r"^account/email/(?P<key>[-:\w]+)/$", read(ConfirmAddress.as_view()), name="account_confirm_email"),
    path("account/password/", read(accounts.password_set), name="account_set_password"),
    path("account/recover/sent/", read(accounts.password_reset_done), name="account_reset_password_done"),
    path(
        "account/recover/done/",
        read(accounts.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^account/recover/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        read(accounts.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("account/factor/", read(second_factor.index), name="mfa_index"),
    path("account/factor/code/", read(second_factor.authenticate), name="mfa_authenticate"),
    path("account/factor/again/", read(second_factor.reauthenticate), name="mfa_reauthenticate"),
    # A form of a stranger would be kept until they have signed in: what needs to know them asks them first.
    path("account/factor/on/", read(signed_in(totp.activate_totp)), name="mfa_activate_totp"),
    path("account/factor/off/", read(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/factor/recovery/", read(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/factor/recovery/new/",
        read(signed_in(recovery_codes.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/factor/recovery/file/",
        read(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("account/sessions/", read(sessions.list_usersessions), name="usersessions_list"),
    path("account/sessions/end/", views.end_session, name="end_session"),
    *(_OF_PROVIDERS if settings.BOOKWHEEL.login or offers_saml() else []),
    *([path("account/", include("allauth.socialaccount.providers.saml.urls"))] if offers_saml() else []),
]
