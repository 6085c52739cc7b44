from django.urls import path

from tutor.courses.views import groups, joining, people, roster, sections

urlpatterns = [
    path("sections/", sections.section_list, name="sections"),
    path("sections/new/", sections.new_section, name="section-new"),
    path("sections/<uuid:code>/edit/", sections.edit_section, name="section-edit"),
    path("sections/<uuid:code>/change/", sections.change_section, name="section-change"),
    path("sections/<uuid:code>/people/", people.people, name="people"),
    path("sections/<uuid:code>/people/<username:username>/", people.member, name="member"),
    path(
        "sections/<uuid:code>/people/<username:username>/role/",
        people.change_role,
        name="member-role",
    ),
    path(
        "sections/<uuid:code>/people/<username:username>/remove/",
        people.ask_to_remove,
        name="member-remove",
    ),
    path(
        "sections/<uuid:code>/people/<username:username>/always/",
        people.accommodate,
        name="accommodate",
    ),
    path(
        "sections/<uuid:code>/people/<username:username>/name/", people.rename, name="member-name"
    ),
    path("invitations/<uuid:code>/", joining.answer_invitation, name="invitation"),
    path("sections/<uuid:code>/groups/", groups.groups, name="groups"),
    path("sections/<uuid:code>/groups/<uuid:group_code>/", groups.groups, name="group"),
    path("sections/<uuid:code>/roster/", roster.roster, name="roster"),
    path("sections/<uuid:code>/passwords/", roster.passwords, name="passwords"),
    path("join/", joining.join_section, name="join"),
    path("join/<str:join_code>/", joining.join_section, name="join-link"),
]
