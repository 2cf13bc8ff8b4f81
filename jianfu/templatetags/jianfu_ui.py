"""All tags and filters of the house under one name: ``{% load jianfu_ui %}``.

The parts stand in files of their own by what they show; this file only gathers them.
"""

from django import template

from . import ui_flow, ui_forms, ui_lists, ui_words

register = template.Library()
for part in (ui_words, ui_flow, ui_forms, ui_lists):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
