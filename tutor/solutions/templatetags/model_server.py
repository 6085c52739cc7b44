"""Whether the language model runs at the school, which the foot of each page says."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def is_model_at_school() -> bool:
    """Of a server by its address: only one on a private network is surely the school's own."""
    host = urlsplit(settings.OPENAI_URL).hostname
    if not host or host == "localhost":
        return True
    try:
        return ip_address(host).is_private
    except ValueError:
        return False
