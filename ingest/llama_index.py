"""Our passages as a LlamaIndex node parser. Importing LlamaIndex takes over a second: nothing here imports this."""

from collections.abc import Sequence
from typing import Any

from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, MetadataMode, NodeRelationship, TextNode
from llama_index.core.schema import Document as LlamaDocument

from ingest.chunk import TOKENS, passages_of
from ingest.clean import search_copy
from rag.domain import Document, Origin, Span


class PassageParser(NodeParser):
    """Cuts LlamaIndex documents into our passages; `start_char_idx` and `end_char_idx` are true spans."""

    tokens: int = TOKENS

    def _parse_nodes(self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any) -> list[BaseNode]:
        return [passage for node in nodes for passage in self._passages(node)]

    def _passages(self, node: BaseNode) -> list[TextNode]:
        text = node.get_content(metadata_mode=MetadataMode.NONE)
        document = Document(node.node_id, text, Origin(node.node_id), search_text=search_copy(text))
        source = {NodeRelationship.SOURCE: node.as_related_node_info()}
        return [
            TextNode(text=span.of(text), start_char_idx=span.start, end_char_idx=span.end, relationships=source)
            for span in passages_of(document, tokens=self.tokens)
        ]

    def _postprocess_parsed_nodes(
        self, nodes: list[BaseNode], parent_doc_map: dict[str, LlamaDocument]
    ) -> list[BaseNode]:
        passages = [
            (node, Span(node.start_char_idx or 0, node.end_char_idx or 0))
            for node in nodes
            if isinstance(node, TextNode)
        ]
        processed = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        # LlamaIndex looks each text up anew and takes the first place it finds; ours are known.
        for node, span in passages:
            node.start_char_idx, node.end_char_idx = span.start, span.end
        return processed
