"""The HTTP routes. Numbers in their addresses are known before any of them names one."""

from dsbuilder.web import numbers as numbers
