"""The product's table of contents: every address, by the stem that its view, template and test share."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import URLPattern, path

from events.views import (
    again,
    audit,
    beside,
    by_browser,
    compose,
    data,
    delivery,
    delivery_export,
    erasing,
    error_group,
    error_group_export,
    error_groups,
    export,
    invitation,
    keys,
    live,
    log,
    log_columns,
    log_overview,
    marks,
    people,
    person,
    profile,
    store,
    stores,
)

urlpatterns: list[URLPattern] = [
    # Of allauth's routes only those in use; sign-up, reset and the rest stay unmounted.
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    # Compose
    path("", compose.home, name="home"),
    path("compose/", compose.compose, name="compose"),
    path("compose/<uuid:token>/", compose.composition, name="composition"),
    path("compose/<uuid:token>/send/", compose.composition_send, name="composition_send"),
    path("compose/<uuid:token>/browser/", by_browser.composition_browser, name="composition_browser"),
    # The log
    path("log/", log.log, name="log"),
    path("log/overview/", log_overview.log_overview, name="log_overview"),
    path("log/search/", log.log_search, name="log_search"),
    path("log/live/", live.log_live, name="log_live"),
    path("log/columns/", log_columns.log_columns, name="log_columns"),
    # A delivery's page
    path("log/<int:pk>/", delivery.delivery, name="delivery"),
    path("log/<int:pk>/show/", delivery.delivery_reveal, name="delivery_reveal"),
    path("log/<int:pk>/resend/", again.delivery_resend, name="delivery_resend"),
    path("log/<int:pk>/resend/browser/", again.delivery_resend_browser, name="delivery_resend_browser"),
    path("log/<int:pk>/report/", by_browser.delivery_report, name="delivery_report"),
    path("log/<int:pk>/beside/<int:other>/", beside.delivery_beside, name="delivery_beside"),
    path("log/<int:pk>/pin/", marks.delivery_pin, name="delivery_pin"),
    path("log/<int:pk>/tags/", marks.delivery_tag, name="delivery_tag"),
    path("log/<int:pk>/tags/remove/", marks.delivery_untag, name="delivery_untag"),
    path("log/<int:pk>/notes/", marks.delivery_note, name="delivery_note"),
    path("log/<int:pk>/notes/<int:note>/", marks.delivery_note_change, name="delivery_note_change"),
    path("log/<int:pk>/notes/<int:note>/remove/", marks.delivery_note_remove, name="delivery_note_remove"),
    path("log/<int:pk>/correct/", again.delivery_correct, name="delivery_correct"),
    path("log/<int:pk>/duplicate/", again.delivery_duplicate, name="delivery_duplicate"),
    # Exports: of what a search found, and of one delivery
    path("log/export/", export.log_export, name="log_export"),
    path("log/export/clear/", export.log_export_clear, name="log_export_clear"),
    path("log/<int:pk>/export/", delivery_export.delivery_export, name="delivery_export"),
    path("log/<int:pk>/export/clear/", delivery_export.delivery_export_clear, name="delivery_export_clear"),
    # Error groups
    path("log/errors/", error_groups.error_groups, name="error_groups"),
    path("log/errors/<int:pk>/", error_group.error_group, name="error_group"),
    path("log/errors/<int:pk>/work/", error_group.error_group_work, name="error_group_work"),
    path("log/errors/<int:pk>/export/", error_group_export.error_group_export, name="error_group_export"),
    path(
        "log/errors/<int:pk>/export/clear/",
        error_group_export.error_group_export_clear,
        name="error_group_export_clear",
    ),
    # Stores and storefront keys
    path("stores/", stores.stores, name="stores"),
    path("stores/add/", stores.store_add, name="store_add"),
    path("stores/<int:pk>/", store.store, name="store"),
    path("stores/<int:pk>/edit/", store.store_edit, name="store_edit"),
    path("stores/<int:pk>/archive/", store.store_archive, name="store_archive"),
    path("stores/<int:pk>/bring-back/", store.store_restore, name="store_restore"),
    path("stores/<int:pk>/keys/", keys.key_add, name="key_add"),
    path("stores/<int:pk>/keys/<int:key_pk>/activate/", keys.key_activate, name="key_activate"),
    path("stores/<int:pk>/keys/<int:key_pk>/remove/", keys.key_remove, name="key_remove"),
    path("stores/<int:pk>/keys/<int:key_pk>/test/", keys.key_test, name="key_test"),
    # People
    path("invitation/", invitation.invitation_accept, name="invitation_accept"),
    path("invitation/<str:secret>/", invitation.invitation, name="invitation"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.person_invite, name="person_invite"),
    path("people/invitations/<int:pk>/withdraw/", people.invitation_withdraw, name="invitation_withdraw"),
    path("people/<int:pk>/", person.person, name="person"),
    path("people/<int:pk>/deactivate/", person.person_deactivate, name="person_deactivate"),
    path("people/<int:pk>/reactivate/", person.person_reactivate, name="person_reactivate"),
    path("people/<int:pk>/password-link/", person.person_password_link, name="person_password_link"),
    path("profile/", profile.profile, name="profile"),
    path("profile/password/", profile.profile_password, name="profile_password"),
    # What is kept, and for how long
    path("data/", data.data, name="data"),
    path("data/retention/", data.data_retention, name="data_retention"),
    path("data/erase/", erasing.data_erase, name="data_erase"),
    path("audit/", audit.audit, name="audit"),
]
