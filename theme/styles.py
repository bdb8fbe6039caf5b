"""Which blocks a page uses: they say which style sheets it needs."""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import Block, ListBlock, StreamBlock, StreamValue, StructBlock
from wagtail.models import Page


def block_types_of(page: Page) -> set[str]:
    """Return the names of the block types in a page's streams, those inside others included."""
    streams = (value for value in vars(page).values() if isinstance(value, StreamValue))
    return {name for stream in streams for name in block_types_in(stream.stream_block, stream)}


def block_types_in(block: Block, value: Any) -> Iterator[str]:
    """Yield the names of the block types in a block's value, itself not included.

    A block type is what a stream offers; fields of structs and items of lists are none.
    """
    if isinstance(block, StreamBlock):
        for child in value:
            yield child.block_type
            yield from block_types_in(child.block, child.value)
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            yield from block_types_in(child, value[name])
    elif isinstance(block, ListBlock):
        for item in value:
            yield from block_types_in(block.child_block, item)
