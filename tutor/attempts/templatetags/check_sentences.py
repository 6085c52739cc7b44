from django import template

from tutor.attempts.counting import state_word
from tutor.attempts.help import help_before
from tutor.attempts.mistake_sentences.remarks import remarks_on
from tutor.attempts.mistake_sentences.sentences import mistake_sentence
from tutor.attempts.working import check_sentences
from tutor.attempts.working.moves import move_phrase, move_phrases

register = template.Library()
register.filter("relation_sentence", check_sentences.relation_sentence)
register.filter("failure_sentence", check_sentences.failure_sentence)
register.filter("slip_sentence", check_sentences.slip_sentence)
register.filter("mistake_sentence", mistake_sentence)
register.filter("move_phrases", move_phrases)
register.filter("move_sentence", move_phrase)
register.simple_tag(check_sentences.witness_sentence)
register.simple_tag(remarks_on)
register.filter("help_before", help_before)
register.filter("state_word", state_word)
