"""Numbers in addresses: `{number:number}` in a route. A longer one than anything has is no address of ours.

Starlette's own `int` takes any number of digits, and fails on thousands of them.
"""

from starlette.convertors import Convertor, register_url_convertor


class _Number(Convertor[int]):
    regex = "[0-9]{1,15}"

    def convert(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_string(self, value: int) -> str:
        """The inverse."""
        return str(value)


register_url_convertor("number", _Number())
