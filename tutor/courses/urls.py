from django.urls import path

from tutor.courses import views

urlpatterns = [
    path("sections/", views.sections, name="sections"),
    path("sections/new/", views.new, name="section-new"),
    path("sections/<uuid:code>/edit/", views.edit, name="section-edit"),
    path("sections/<uuid:code>/act/", views.act, name="section-act"),
    path("sections/<uuid:code>/people/", views.people, name="people"),
    path("sections/<uuid:code>/people/<username:username>/", views.member, name="member"),
    path(
        "sections/<uuid:code>/people/<username:username>/role/",
        views.change_role,
        name="member-role",
    ),
    path(
        "sections/<uuid:code>/people/<username:username>/remove/",
        views.ask_to_remove,
        name="member-remove",
    ),
    path(
        "sections/<uuid:code>/people/<username:username>/always/",
        views.accommodate,
        name="accommodate",
    ),
    path("sections/<uuid:code>/people/<username:username>/name/", views.rename, name="member-name"),
    path("invitations/<uuid:code>/", views.answer_invitation, name="invitation"),
    path("sections/<uuid:code>/groups/", views.groups, name="groups"),
    path("sections/<uuid:code>/groups/<uuid:group>/", views.groups, name="group"),
    path("sections/<uuid:code>/roster/", views.roster, name="roster"),
    path("sections/<uuid:code>/passwords/", views.passwords, name="passwords"),
    path("join/", views.join_section, name="join"),
    path("join/<str:join_code>/", views.join_section, name="join-link"),
]
