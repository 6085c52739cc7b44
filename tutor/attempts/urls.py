from django.urls import path

from tutor.attempts.views import (
    answering,
    assignment,
    attempts,
    check_sentences,
    clock,
    exercises,
    messages,
    practice,
    skill_map,
    skills,
    student_page,
    style_page,
    weekly_review,
    working,
)

# An item and practice at it are answered in the same way.
_ANSWERING = [
    ("answer/", answering.answer_now, "answer"),
    ("answer/earlier/", answering.earlier, "answer-earlier"),
    ("attempts/", answering.submit, "attempt-submit"),
    ("draft/", answering.draft, "draft"),
    ("working/", working.working_draft, "working-draft"),
    ("working/check/", working.check, "working-check"),
]

urlpatterns = [
    path("skills/", skills.skills, name="skills"),
    path("skills/begin/", skills.begin_topic, name="topic-begin"),
    path("skills/<int:pk>/practise/", skills.practise_skill, name="skill-practise"),
    path("skills/map/", skill_map.skill_map, name="skill-map"),
    path("skills/map/<slug:area>/", skill_map.skill_area, name="skill-map-area"),
    path("review/", weekly_review.weekly_review, name="weekly-review"),
    path("review/<uuid:code>/begin/", weekly_review.begin_problem, name="review-begin"),
    path("assignments/<uuid:code>/", assignment.assignment, name="assignment"),
    path("assignments/<uuid:code>/clock/", clock.clock, name="assignment-clock"),
    *(path(f"items/<uuid:code>/{part}", view, name=name) for part, view, name in _ANSWERING),
    *(
        path(f"practice/<uuid:practice>/{part}", view, name=f"practice-{name}")
        for part, view, name in _ANSWERING
    ),
    path("items/<uuid:code>/practice/", practice.next_variant, name="practice-next"),
    path("items/<uuid:code>/exercises/", exercises.exercises, name="exercises"),
    path("items/<uuid:code>/exercises/faded/", exercises.faded_example, name="faded-example"),
    path("items/<uuid:code>/exercises/wrong-line/", exercises.wrong_line, name="wrong-line"),
    path("attempts/<uuid:code>/", attempts.attempt, name="attempt"),
    path("attempts/<uuid:code>/review/", attempts.ask_for_review, name="attempt-review"),
    path("attempts/<uuid:code>/decision/", attempts.decide, name="attempt-decision"),
    path("attempts/<uuid:code>/working/", working.attempt_working, name="attempt-working"),
    path("messages/<uuid:code>/read/", messages.message_read, name="message-read"),
    path(
        "sections/<uuid:code>/people/<username:username>/page/",
        student_page.student_page,
        name="student-page",
    ),
    path(
        "sections/<uuid:code>/people/<username:username>/page/<uuid:item>/",
        student_page.student_item,
        name="student-item",
    ),
    path(
        "check-sentences/<str:language>/",
        check_sentences.check_sentences,
        name="check-sentences",
    ),
    *style_page.urls(),
]
